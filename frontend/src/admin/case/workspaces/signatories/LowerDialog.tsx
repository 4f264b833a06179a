import { useTranslate } from "react-admin";
import { api } from "../../../app/http/api";
import { ChoiceField, TextLine } from "../../../app/ui/Fields";
import { FormDialog } from "../../../app/ui/FormDialog";
import type { MethodChoice, SignatureRequest } from "./types";

interface Props {
  caseId: string;
  request: SignatureRequest;
  /** What is weaker than the rules say. */
  methods: MethodChoice[];
  onClose: () => void;
}

/** Legal staff let a weaker method do, and say why. */
export function LowerDialog({ caseId, request, methods, onClose }: Props) {
  const t = useTranslate();
  return (
    <FormDialog<{ method: string; reason: string }>
      title={t("admin.workspace.signing.lower_named", { name: request.name })}
      intro={t("admin.workspace.signing.lower_intro")}
      submit={t("admin.workspace.signing.lower")}
      initial={{ method: methods[0]?.key ?? "", reason: "" }}
      act={(values) => api.post(`/cases/${caseId}/signatories/${request.id}/lower-method`, values)}
      onClose={onClose}
    >
      <ChoiceField
        name="method"
        label={t("admin.workspace.signing.method")}
        choices={methods.map(({ key, label }) => ({ id: key, name: label }))}
        required
      />
      <TextLine
        name="reason"
        label={t("admin.workspace.signing.lower_reason")}
        multiline
        minRows={2}
        required
      />
    </FormDialog>
  );
}
