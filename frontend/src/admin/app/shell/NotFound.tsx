import Button from "@mui/material/Button";
import { useTranslate } from "react-admin";
import { Link } from "react-router-dom";
import { Empty } from "../ui/Empty";
import { Page } from "../ui/Page";

export function NotFound() {
  const t = useTranslate();
  return (
    <Page title={t("ra.page.not_found")} narrow>
      <Empty
        title={t("ra.message.not_found")}
        hint={t("admin.search.open")}
        action={
          <Button component={Link} to="/" variant="contained">
            {t("admin.menu.start")}
          </Button>
        }
      />
    </Page>
  );
}
