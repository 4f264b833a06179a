"""Why a document could not be made."""

from fellesgrep.core.problems import Problem


class DocumentRefused(Problem):
    """The document asks for something that documents may not do."""

    status = 422

    @classmethod
    def address(cls, url: str) -> "DocumentRefused":
        """Return the problem for a resource outside the document."""
        return cls("documents.problem.address_refused", address=url[:200])

    @classmethod
    def letters(cls, letters: str) -> "DocumentRefused":
        """Return the problem for characters that no bundled font can draw."""
        return cls("documents.problem.letters_missing", letters=" ".join(letters))


class RenderingFailed(Problem):
    """The worker gave up: the same document may succeed later, or needs a look by an operator."""

    status = 503

    @classmethod
    def too_slow(cls, seconds: float) -> "RenderingFailed":
        """Return the problem for a document that used up its time."""
        return cls("documents.problem.too_slow", seconds=f"{seconds:g}")

    @classmethod
    def broken(cls) -> "RenderingFailed":
        """Return the problem for a worker that died or could not lay the document out."""
        return cls("documents.problem.broken")
