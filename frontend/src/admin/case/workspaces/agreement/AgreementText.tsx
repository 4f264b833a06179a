import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { useTranslate } from "react-admin";
import { apiUrl } from "../../../app/http/api";
import { readTokens } from "../../../app/tokens";
import type { AgreementView } from "./types";

/** Paper is white in the dark as well. */
function page(): string {
  const { tones } = readTokens("light");
  return `<!doctype html><meta charset="utf-8"><style>
    body { font: 15px/1.6 "Inter Variable", Inter, system-ui, sans-serif; color: ${tones.neutral.text};
      background: #fff; margin: 24px auto; max-width: 70ch; padding: 0 20px; }
    h1 { font-size: 1.4rem; margin: 0 0 .6em } h2 { font-size: 1.1rem; margin: 1.6em 0 .4em }
    .kind { text-transform: uppercase; font-size: .8rem; font-weight: 600; margin: 0 }
    .facts { display: grid; grid-template-columns: 9rem 1fr; gap: .2em 1em; margin: 0 } .facts dd { margin: 0 }
    .party { display: grid; grid-template-columns: 9rem 1fr; gap: 1em; border-top: 1px solid ${tones.neutral.hover}; padding: .5em 0 }
    .party p { margin: 0 } .name { font-weight: 600 } .detail { font-weight: 400; color: ${tones.neutral.textSubtle} }
    a { color: inherit } .contents ol { list-style: none; padding: 0; margin: 0 }
    .clauses { counter-reset: clause } .clauses h2:not(.unnumbered) { counter-increment: clause; counter-set: part 0 point 0 }
    .clauses h2:not(.unnumbered)::before { content: counter(clause) ". " }
    .clauses h3:not(.unnumbered) { counter-increment: part; counter-set: point 0; font-size: 1rem }
    .clauses h3:not(.unnumbered)::before { content: counter(clause) "." counter(part) " " }
    .annexes > section > h2:not(.unnumbered)::before { content: "Vedlegg " counter(clause) " – " }
    .annexes.en > section > h2:not(.unnumbered)::before { content: "Annex " counter(clause) " – " }
    ol.numbered { list-style: none; padding: 0 }
    ol.numbered > li { counter-increment: point; padding-left: 3em; text-indent: -3em; margin: .4em 0 }
    ol.numbered > li::before { content: counter(clause) "." counter(point); display: inline-block; width: 3em; text-indent: 0 }
    h3 ~ ol.numbered > li::before { content: counter(clause) "." counter(part) "." counter(point) }
    table { border-collapse: collapse; width: 100%; margin: 1em 0 }
    th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid ${tones.neutral.border}; vertical-align: top }
    body { overflow-wrap: break-word }
    @media (max-width: 460px) { body { margin: 16px auto; padding: 0 14px }
      .facts, .party { grid-template-columns: 1fr; gap: .1em } .facts dd { margin-bottom: .5em } }
    mark, .missing { background: ${tones.warning.surface}; color: ${tones.warning.text}; padding: 0 3px; border-radius: 3px }
  </style><body>`;
}

/** Shown in a frame of its own, in which nothing can run; what changes is put in where one reads. */
function useBody(html: string) {
  const frame = useRef<HTMLIFrameElement>(null);
  const put = useCallback(() => {
    const body = frame.current?.contentDocument?.body;
    if (body) body.innerHTML = html;
  }, [html]);
  useEffect(put, [put]);
  return { frame, put };
}

/** The agreement as it reads now; it follows what is typed. */
export function AgreementText({ view, caseId }: { view: AgreementView; caseId: string }) {
  const t = useTranslate();
  const { frame, put } = useBody(view.body_html);
  const empty = useMemo(page, []);
  if (!view.body_html) return null;
  return (
    <Box component="section">
      <Box
        sx={{
          display: "flex",
          justifyContent: "space-between",
          alignItems: "center",
          gap: 1,
          mb: 1,
        }}
      >
        <Typography variant="h3">{t("admin.workspace.agreement.text")}</Typography>
        <Button
          size="small"
          variant="outlined"
          href={apiUrl(`/cases/${caseId}/agreement/preview.pdf`)}
          target="_blank"
          rel="noopener"
        >
          {t("admin.template.open_pdf")}
        </Button>
      </Box>
      <Box
        component="iframe"
        ref={frame}
        sandbox="allow-same-origin"
        title={t("admin.workspace.agreement.text")}
        srcDoc={empty}
        onLoad={put}
        sx={{
          width: "100%",
          height: { xs: "60vh", md: 680 },
          border: 1,
          borderColor: "divider",
          borderRadius: 1,
          bgcolor: "#fff",
        }}
      />
    </Box>
  );
}
