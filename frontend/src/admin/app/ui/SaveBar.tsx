import { SaveButton, Toolbar } from "react-admin";

/** The one button of a form: a verb that names the result. */
export function SaveBar({ label = "ra.action.save" }: { label?: string }) {
  return (
    <Toolbar sx={{ backgroundColor: "transparent", px: 2, pb: 1 }}>
      <SaveButton label={label} icon={null} alwaysEnable size="large" />
    </Toolbar>
  );
}
