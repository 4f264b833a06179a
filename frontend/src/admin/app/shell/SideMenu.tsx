import type { SvgIconComponent } from "@mui/icons-material";
import AccountTree from "@mui/icons-material/AccountTreeOutlined";
import AdminPanelSettings from "@mui/icons-material/AdminPanelSettingsOutlined";
import Wallpaper from "@mui/icons-material/BrandingWatermarkOutlined";
import Description from "@mui/icons-material/DescriptionOutlined";
import DynamicFeed from "@mui/icons-material/DynamicFeedOutlined";
import EventBusy from "@mui/icons-material/EventBusyOutlined";
import FolderShared from "@mui/icons-material/FolderSharedOutlined";
import Groups from "@mui/icons-material/GroupsOutlined";
import Hub from "@mui/icons-material/HubOutlined";
import LibraryBooks from "@mui/icons-material/LibraryBooksOutlined";
import LocationCity from "@mui/icons-material/LocationCityOutlined";
import MarkEmailRead from "@mui/icons-material/MarkEmailReadOutlined";
import MonitorHeart from "@mui/icons-material/MonitorHeartOutlined";
import Notifications from "@mui/icons-material/NotificationsOutlined";
import ReceiptLong from "@mui/icons-material/ReceiptLongOutlined";
import Today from "@mui/icons-material/TodayOutlined";
import ViewKanban from "@mui/icons-material/ViewKanbanOutlined";
import Box from "@mui/material/Box";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemIcon from "@mui/material/ListItemIcon";
import ListItemText from "@mui/material/ListItemText";
import Typography from "@mui/material/Typography";
import { useTranslate } from "react-admin";
import { NavLink, useLocation } from "react-router-dom";
import { useApi } from "../http/useApi";
import { useMay } from "../useMay";
import { Brand } from "./Brand";

interface Entry {
  to: string;
  text: string;
  icon: SvgIconComponent;
  action?: string;
  developmentOnly?: boolean;
}

interface Group {
  text?: string;
  entries: readonly Entry[];
}

const GROUPS: readonly Group[] = [
  {
    entries: [
      { to: "/", text: "admin.menu.start", icon: Today },
      { to: "/board", text: "admin.menu.board", icon: ViewKanban, action: "case:read" },
      { to: "/cases", text: "admin.menu.cases", icon: FolderShared, action: "case:read" },
    ],
  },
  {
    text: "admin.menu.who",
    entries: [
      { to: "/partners", text: "admin.menu.partners", icon: Groups, action: "partner:read" },
      { to: "/areas", text: "admin.menu.areas", icon: LocationCity, action: "area:read" },
      { to: "/strategy", text: "admin.menu.strategy", icon: Hub, action: "strategy:read" },
    ],
  },
  {
    text: "admin.menu.means",
    entries: [
      {
        to: "/templates",
        text: "admin.menu.templates",
        icon: Description,
        action: "template:read",
      },
      { to: "/clauses", text: "admin.clause.title", icon: LibraryBooks, action: "clause:read" },
      {
        to: "/bulk-agreements",
        text: "admin.bulk.title",
        icon: DynamicFeed,
        action: "agreement:generate",
      },
      {
        to: "/outbox",
        text: "admin.menu.outbox",
        icon: MarkEmailRead,
        action: "outbox:read",
        developmentOnly: true,
      },
    ],
  },
  {
    text: "admin.menu.house",
    entries: [
      { to: "/people", text: "admin.menu.people", icon: AdminPanelSettings, action: "person:read" },
      {
        to: "/absences",
        text: "admin.absence.title",
        icon: EventBusy,
        action: "absence:read",
      },
      {
        to: "/letterhead",
        text: "admin.letterhead.title",
        icon: Wallpaper,
        action: "letterhead:edit",
      },
      {
        to: "/notices",
        text: "admin.notices.title",
        icon: Notifications,
        action: "notices:edit",
      },
      {
        to: "/processes",
        text: "admin.menu.processes",
        icon: AccountTree,
        action: "workflow:edit",
      },
      {
        to: "/operations",
        text: "admin.menu.operations",
        icon: MonitorHeart,
        action: "operations:read",
      },
      { to: "/audit", text: "admin.menu.audit", icon: ReceiptLong, action: "audit:read" },
    ],
  },
];

/** Whether this installation is a development one; outbox and development log-in exist only there. */
function useDevelopment(): boolean {
  return useApi<{ development: boolean }>("/login-options").data?.development ?? false;
}

function MenuEntry({ entry }: { entry: Entry }) {
  const t = useTranslate();
  const { pathname } = useLocation();
  const here = entry.to === "/" ? pathname === "/" : pathname.startsWith(entry.to);
  const Icon = entry.icon;
  return (
    <ListItem disablePadding>
      <ListItemButton
        component={NavLink}
        to={entry.to}
        selected={here}
        aria-current={here ? "page" : undefined}
        sx={(theme) => ({
          mx: 1,
          my: 0.125,
          px: 1.25,
          py: 0.625,
          borderRadius: 1,
          color: theme.palette.tones.neutral.text,
          "&.Mui-selected, &.Mui-selected:hover": {
            backgroundColor: theme.palette.tones.accent.surface,
            color: theme.palette.tones.accent.text,
            fontWeight: 600,
          },
        })}
      >
        <ListItemIcon sx={{ minWidth: 32, color: "inherit" }}>
          <Icon aria-hidden sx={{ fontSize: 20 }} />
        </ListItemIcon>
        <ListItemText
          primary={t(entry.text)}
          slotProps={{ primary: { sx: { fontSize: "0.9rem", fontWeight: "inherit" } } }}
        />
      </ListItemButton>
    </ListItem>
  );
}

/** Where one can go, by what one may see. */
export function SideMenu() {
  const t = useTranslate();
  const may = useMay();
  const development = useDevelopment();
  const offered = (entry: Entry) =>
    (!entry.action || may(entry.action)) && (!entry.developmentOnly || development);
  return (
    <Box sx={{ pb: 2 }}>
      <Brand />
      {GROUPS.map(({ text, entries }) => (
        <Box key={text ?? "first"} sx={{ mt: text ? 1.5 : 0 }}>
          {text && (
            <Typography
              variant="caption"
              component="h2"
              sx={{ px: 2.25, pb: 0.5, color: "text.secondary", fontWeight: 600 }}
            >
              {t(text)}
            </Typography>
          )}
          <List disablePadding>
            {entries.filter(offered).map((entry) => (
              <MenuEntry key={entry.to} entry={entry} />
            ))}
          </List>
        </Box>
      ))}
    </Box>
  );
}
