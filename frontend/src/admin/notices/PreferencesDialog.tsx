import { useNotify, useTranslate } from "react-admin";
import { api } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import { ChoiceField } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import type { Preference } from "./types";

const WAYS = ["at_once", "daily", "none"] as const;

/** A kind's name has dots, which the form would read as a path. */
const fieldOf = (kind: string) => kind.replaceAll(".", "_");

/** How I want each kind of notice: at once, once a day, or not by e-mail. */
export function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const notify = useNotify();
  const { data } = useApi<Preference[]>("/me/notices");
  if (!data) return null;
  const choices = WAYS.map((way) => ({ id: way, name: t(`admin.notices.way.${way}`) }));
  const save = async (values: Record<string, string>) => {
    const ways = Object.fromEntries(data.map(({ kind }) => [kind, values[fieldOf(kind)]]));
    await api.put("/me/notices", { ways });
    notify("admin.notices.mine_saved", { type: "success" });
  };
  return (
    <FormDialog<Record<string, string>>
      title={t("admin.notices.mine")}
      intro={t("admin.notices.mine_intro")}
      submit={t("admin.notices.mine_save")}
      initial={Object.fromEntries(data.map(({ kind, way }) => [fieldOf(kind), way]))}
      act={save}
      onClose={onClose}
    >
      {data.map(({ kind, name }) => (
        <ChoiceField
          key={kind}
          name={fieldOf(kind)}
          label={name.charAt(0).toUpperCase() + name.slice(1)}
          choices={choices}
        />
      ))}
    </FormDialog>
  );
}
