import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { useParams } from "react-router-dom";
import { api } from "../app/http/api";
import { useAct } from "../app/http/useAct";
import { useApi } from "../app/http/useApi";
import { Empty } from "../app/ui/Empty";
import { Loaded } from "../app/ui/Loaded";
import { Page } from "../app/ui/Page";
import { useMay } from "../app/useMay";
import { ComparisonPanel } from "./ComparisonPanel";
import { Discard } from "./Discard";
import { MovesPanel } from "./MovesPanel";
import type { Comparison, Versions, VersionView } from "./types";

function Publish({ version }: { version: VersionView }) {
  const t = useTranslate();
  const publish = useAct(() => api.post(`/process-versions/${version.hash}/publish`));
  if (version.status !== "draft") return null;
  return (
    <>
      {version.may_publish ? (
        <Button
          variant="contained"
          loading={publish.isPending}
          onClick={() => publish.mutate(null)}
        >
          {t("admin.processes.publish")}
        </Button>
      ) : (
        <Typography variant="body2" sx={{ maxWidth: "40ch" }}>
          {t("admin.processes.needs_another")}
        </Typography>
      )}
      <Discard name={version.name} path={version.hash} />
    </>
  );
}

function Found({ version }: { version: VersionView }) {
  const t = useTranslate();
  const may = useMay();
  const compared = useApi<Comparison>(`/process-versions/${version.hash}/comparison`);
  return (
    <Page
      title={version.name}
      over={t("admin.processes.one", { version: version.version })}
      lead={t(`admin.processes.status_${version.status}`)}
      actions={may("workflow:publish") && <Publish version={version} />}
    >
      <Box sx={{ display: "grid", gap: 2 }}>
        <Loaded query={compared} lines={8}>
          {(found) => <ComparisonPanel compared={found} />}
        </Loaded>
        {may("workflow:edit") && <MovesPanel version={version} />}
      </Box>
    </Page>
  );
}

/** One version of a process: what is another, publication by a second person, running cases. */
export default function VersionPage() {
  const t = useTranslate();
  const { hash } = useParams();
  const versions = useApi<Versions>("/process-versions");
  return (
    <Loaded query={versions} lines={8}>
      {(found) => {
        const version = found.versions.find((each) => each.hash === hash);
        return version ? (
          <Found version={version} />
        ) : (
          <Empty title={t("admin.processes.no_version")} />
        );
      }}
    </Loaded>
  );
}
