import Logout from "@mui/icons-material/LogoutOutlined";
import Notifications from "@mui/icons-material/NotificationsOutlined";
import Box from "@mui/material/Box";
import Divider from "@mui/material/Divider";
import IconButton from "@mui/material/IconButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Typography from "@mui/material/Typography";
import { useState } from "react";
import { useGetIdentity, useLogout, useTranslate } from "react-admin";
import { PreferencesDialog } from "../../notices/PreferencesDialog";
import type { Identity } from "../authProvider";
import { Initials } from "../ui/Initials";

/** Who I am here, and the way out. */
export function MeMenu() {
  const t = useTranslate();
  const logout = useLogout();
  const me = useGetIdentity().identity as Identity | undefined;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [choosing, setChoosing] = useState(false);
  if (!me?.name) return <Box sx={{ width: 40 }} />;
  const roles = [...new Set(me.grants.map(({ role }) => role))];
  return (
    <>
      <IconButton
        aria-label={t("admin.me.open", { name: me.name })}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ p: 0.5 }}
      >
        <Initials name={me.name} />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <Box sx={{ px: 2, py: 1, maxWidth: 280 }} role="none">
          <Typography sx={{ fontWeight: 600 }}>{me.name}</Typography>
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            {[me.title, me.unit].filter(Boolean).join(", ")}
          </Typography>
          <Typography variant="body2" sx={{ color: "text.secondary" }}>
            {roles.map((role) => t(`identity.role.${role}`, { _: role })).join(" · ")}
          </Typography>
        </Box>
        <Divider />
        <MenuItem
          onClick={() => {
            setAnchor(null);
            setChoosing(true);
          }}
        >
          <ListItemIcon>
            <Notifications fontSize="small" />
          </ListItemIcon>
          {t("admin.notices.mine")}
        </MenuItem>
        <MenuItem onClick={() => void logout()}>
          <ListItemIcon>
            <Logout fontSize="small" />
          </ListItemIcon>
          {t("ra.auth.logout")}
        </MenuItem>
      </Menu>
      {choosing && <PreferencesDialog onClose={() => setChoosing(false)} />}
    </>
  );
}
