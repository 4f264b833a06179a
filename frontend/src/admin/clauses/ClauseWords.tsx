import Box from "@mui/material/Box";
import { useMemo } from "react";
import { useTranslate } from "react-admin";
import { TextEditor } from "../templates/editor/TextEditor";
import type { Variable } from "../templates/editor/types";
import { wordingOf } from "../templates/editor/wording";

interface Props {
  body: string;
  title: string;
  variables: Variable[];
  editable: boolean;
  onChange?: (body: string) => void;
}

/** The editor writes sections; a clause is the inside of one. */
export const asSection = (body: string): string => `<section>\n${body}</section>\n`;
export const insideOf = (stored: string): string => stored.replaceAll(/<\/?section[^>]*>\n/g, "");

/** The text of a clause as it will look in an agreement, to read or to write. */
export function ClauseWords({ body, title, variables, editable, onChange }: Props) {
  const t = useTranslate();
  const wording = useMemo(() => wordingOf({ variables, headings: {} }, t), [variables, t]);
  return (
    <Box sx={{ "&& .tiptap": { minHeight: editable ? 320 : 0 } }}>
      <TextEditor
        stored={asSection(body)}
        label={t("admin.clause.text_in", { title })}
        editable={editable}
        wording={wording}
        variables={variables}
        onChange={(stored) => onChange?.(insideOf(stored))}
        shown={null}
        onePart
      />
    </Box>
  );
}
