import LibraryAdd from "@mui/icons-material/LibraryAddOutlined";
import Autocomplete from "@mui/material/Autocomplete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Popover from "@mui/material/Popover";
import TextField from "@mui/material/TextField";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useTranslate } from "react-admin";
import type { ClauseWording } from "./clauses";

interface Props {
  wordings: ClauseWording[];
  /** Keys of clauses that stand in the text already. */
  held: string[];
  onInsert: (wording: ClauseWording) => void;
}

/** Puts an approved clause into the text, chosen by its title; each says why it is needed. */
export function InsertClause({ wordings, held, onInsert }: Props) {
  const t = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        startIcon={<LibraryAdd />}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t("admin.clause.insert")}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        slotProps={{ paper: { sx: { p: 2, width: 440, maxWidth: "95vw" } } }}
      >
        <Autocomplete
          open
          autoHighlight
          options={wordings}
          getOptionLabel={({ title }) => title}
          getOptionKey={({ key }) => key}
          getOptionDisabled={({ key }) => held.includes(key)}
          onChange={(_, chosen) => {
            setAnchor(null);
            if (chosen) onInsert(chosen);
          }}
          renderOption={({ key, ...props }, { title, reason, key: name }) => (
            <Box component="li" key={key} {...props} sx={{ display: "block !important" }}>
              {title}
              <Typography variant="caption" component="div" sx={{ color: "text.secondary" }}>
                {held.includes(name) ? t("admin.clause.held_already") : reason}
              </Typography>
            </Box>
          )}
          renderInput={(params) => (
            <TextField {...params} autoFocus label={t("admin.clause.find")} />
          )}
        />
      </Popover>
    </>
  );
}
