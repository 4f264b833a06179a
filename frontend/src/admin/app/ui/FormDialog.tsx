import Alert from "@mui/material/Alert";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Dialog from "@mui/material/Dialog";
import DialogActions from "@mui/material/DialogActions";
import DialogContent from "@mui/material/DialogContent";
import DialogTitle from "@mui/material/DialogTitle";
import type { Theme } from "@mui/material/styles";
import useMediaQuery from "@mui/material/useMediaQuery";
import { type ReactNode, useId } from "react";
import { useTranslate } from "react-admin";
import {
  type DefaultValues,
  type FieldValues,
  FormProvider,
  type Path,
  useForm,
} from "react-hook-form";
import { ApiProblem } from "../http/problem";
import { useAct } from "../http/useAct";

interface Props<T extends FieldValues> {
  title: string;
  /** A verb that names the result. */
  submit: string;
  intro?: string;
  initial: DefaultValues<T>;
  act: (values: T) => Promise<unknown>;
  onClose: () => void;
  danger?: boolean;
  /** Room for long text; what is typed is not lost by a click beside it or by Escape. */
  wide?: boolean;
  children: ReactNode;
}

/** A small form in a dialog: refusals stand at their fields, and nothing typed is lost. */
export function FormDialog<T extends FieldValues>(props: Props<T>) {
  const {
    title,
    submit,
    intro,
    initial,
    act,
    onClose,
    danger = false,
    wide = false,
    children,
  } = props;
  const t = useTranslate();
  const titleId = useId();
  const form = useForm<T>({ defaultValues: initial });
  const send = useAct(act, {
    onDone: onClose,
    onProblem: (problem) => {
      if (!(problem instanceof ApiProblem)) return false;
      const found = Object.entries(problem.body.errors as Record<string, string>);
      const known = found.filter(([path]) => path in form.getValues());
      for (const [path, message] of known) form.setError(path as Path<T>, { message });
      if (known.length === 0) form.setError("root", { message: problem.message });
      return true;
    },
  });
  const general = form.formState.errors.root?.message;
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down("sm"));
  const held = wide && form.formState.isDirty;
  return (
    <Dialog
      open
      onClose={held ? () => undefined : onClose}
      fullWidth
      fullScreen={wide && narrow}
      maxWidth={wide ? "lg" : "sm"}
      aria-labelledby={titleId}
    >
      <FormProvider {...form}>
        <Box
          component="form"
          noValidate
          onSubmit={(event) => void form.handleSubmit((values) => send.mutate(values as T))(event)}
        >
          <DialogTitle id={titleId}>{title}</DialogTitle>
          <DialogContent sx={{ display: "grid", gap: 2 }}>
            {intro && <Box sx={{ color: "text.secondary" }}>{intro}</Box>}
            {general && <Alert severity="error">{general}</Alert>}
            {children}
          </DialogContent>
          <DialogActions sx={{ px: 3, pb: 2.5 }}>
            <Button onClick={onClose}>{t("ra.action.cancel")}</Button>
            <Button
              type="submit"
              variant="contained"
              color={danger ? "error" : "primary"}
              disabled={send.isPending}
            >
              {submit}
            </Button>
          </DialogActions>
        </Box>
      </FormProvider>
    </Dialog>
  );
}
