import { useTranslate } from "react-admin";
import { type Page as ApiPage, api } from "../app/http/api";
import { useApi } from "../app/http/useApi";
import type { Named } from "../app/types";
import { ChoiceField, FindField, TextLine } from "../app/ui/Fields";
import { FormDialog } from "../app/ui/FormDialog";
import { PHASES } from "../areas/phases";
import type { InvolvementItem } from "./types";

type Values = Pick<
  InvolvementItem,
  "actor_group" | "question" | "decision_point" | "method" | "phase" | "horizon"
> & { responsible_id: string | null; due_on: string | null };

const HORIZONS = ["short", "long"] as const;

const initialOf = (item: InvolvementItem | null): Values => ({
  actor_group: item?.actor_group ?? "",
  question: item?.question ?? "",
  decision_point: item?.decision_point ?? "",
  method: item?.method ?? "",
  phase: item?.phase ?? "mobilisation",
  horizon: item?.horizon ?? "short",
  responsible_id: item?.responsible?.id ?? null,
  due_on: item?.due_on ?? null,
});

interface Props {
  areaId: string;
  item: InvolvementItem | null;
  onClose: () => void;
}

/** Add an involvement item, or change one. */
export function ItemDialog({ areaId, item, onClose }: Props) {
  const t = useTranslate();
  const people = useApi<ApiPage<Named>>("/people", { per_page: 200 }).data?.items ?? [];
  const path = `/areas/${areaId}/strategy/items`;
  const save = (given: Values) => {
    const body = { ...given, due_on: given.due_on || null };
    return item
      ? api.put(`${path}/${item.id}`, body, { version: item.version })
      : api.post(path, body);
  };
  return (
    <FormDialog<Values>
      title={t(item ? "admin.strategy.edit_item" : "admin.strategy.add_item", {
        number: item?.number,
      })}
      submit={t("ra.action.save")}
      initial={initialOf(item)}
      act={save}
      onClose={onClose}
    >
      <TextLine name="actor_group" label={t("admin.strategy.actor_group")} required />
      <TextLine name="question" label={t("admin.strategy.question")} multiline required />
      <TextLine name="method" label={t("admin.strategy.method")} />
      <TextLine name="decision_point" label={t("admin.strategy.decision_point")} />
      <ChoiceField
        name="phase"
        label={t("admin.area.phase")}
        choices={PHASES.map((id) => ({ id, name: t(`areas.phase.${id}`) }))}
        required
      />
      <ChoiceField
        name="horizon"
        label={t("admin.strategy.horizon")}
        choices={HORIZONS.map((id) => ({ id, name: t(`strategy.horizon.${id}`) }))}
        required
      />
      <FindField name="responsible_id" label={t("admin.case.responsible")} choices={people} />
      <TextLine name="due_on" label={t("admin.strategy.due")} type="date" />
    </FormDialog>
  );
}
