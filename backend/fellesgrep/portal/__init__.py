"""The channel to partners: links and codes, the frame of their pages, limits against guessing."""
