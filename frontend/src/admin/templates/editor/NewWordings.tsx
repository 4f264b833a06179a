import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import { type ClauseWording, clausesIn, isOutdated } from "./clauses";

interface Props {
  stored: string;
  wordings: ClauseWording[];
  editable: boolean;
  onRenew: (wording: ClauseWording) => void;
  onShow: (place: { section: number }) => void;
}

/** The clauses of a text that have a newer wording in the library, and the way to it. */
export function NewWordings({ stored, wordings, editable, onRenew, onShow }: Props) {
  const t = useTranslate();
  const outdated = clausesIn(stored).flatMap((held) => {
    const wording = wordings.find(({ key }) => key === held.key);
    return wording && isOutdated(wording, held.number) ? [{ ...held, wording }] : [];
  });
  if (outdated.length === 0) return null;
  return (
    <Alert severity="info" sx={{ mb: 1 }}>
      {t("admin.clause.outdated", { smart_count: outdated.length })}
      <Box component="ul" sx={{ listStyle: "none", m: 0, mt: 0.5, p: 0 }}>
        {outdated.map(({ key, number, section, wording }) => (
          <Box
            component="li"
            key={key}
            sx={{ display: "flex", flexWrap: "wrap", gap: 1, alignItems: "center" }}
          >
            <Box component="span" sx={{ fontWeight: 600 }}>
              {wording.title}
            </Box>
            <span>{t("admin.clause.from_to", { from: number, to: wording.number })}</span>
            {editable && (
              <Button
                size="small"
                aria-label={t("admin.clause.renew_one", { title: wording.title })}
                onClick={() => onRenew(wording)}
              >
                {t("admin.clause.renew")}
              </Button>
            )}
            <Button
              size="small"
              aria-label={t("admin.clause.show_one", { title: wording.title })}
              onClick={() => onShow({ section })}
            >
              {t("admin.editor.show")}
            </Button>
          </Box>
        ))}
      </Box>
    </Alert>
  );
}
