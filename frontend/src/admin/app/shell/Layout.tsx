import Box from "@mui/material/Box";
import Drawer from "@mui/material/Drawer";
import Link from "@mui/material/Link";
import { Suspense, useEffect, useState } from "react";
import { type LayoutProps, useTranslate } from "react-admin";
import { ErrorBoundary } from "react-error-boundary";
import { useLocation } from "react-router-dom";
import { Waiting } from "../ui/Waiting";
import { Broken } from "./Broken";
import { SideMenu } from "./SideMenu";
import { TopBar } from "./TopBar";

const MENU_WIDTH = 232;

function SkipLink() {
  const t = useTranslate();
  return (
    <Link
      href="#content"
      sx={(theme) => ({
        position: "fixed",
        left: 8,
        top: -80,
        zIndex: theme.zIndex.tooltip,
        backgroundColor: "background.paper",
        px: 2,
        py: 1,
        borderRadius: 1,
        "&:focus": { top: 8 },
      })}
    >
      {t("ra.navigation.skip_nav")}
    </Link>
  );
}

/** The frame of every page: menu at the side (a drawer on small screens), bar on top, content. */
export function Layout({ children }: LayoutProps) {
  const t = useTranslate();
  const { pathname } = useLocation();
  const [menuOpen, setMenuOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when one goes on
  useEffect(() => setMenuOpen(false), [pathname]);
  return (
    <Box sx={{ display: "flex", minHeight: "100dvh", bgcolor: "background.default" }}>
      <SkipLink />
      <Box
        component="nav"
        aria-label={t("admin.menu.label")}
        sx={{
          display: { xs: "none", md: "block" },
          width: MENU_WIDTH,
          flexShrink: 0,
          position: "sticky",
          top: 0,
          height: "100dvh",
          overflowY: "auto",
          borderRight: 1,
          borderColor: "divider",
          bgcolor: "background.paper",
        }}
      >
        <SideMenu />
      </Box>
      <Drawer
        open={menuOpen}
        onClose={() => setMenuOpen(false)}
        slotProps={{
          paper: { sx: { width: 272 }, component: "nav", "aria-label": t("admin.menu.label") },
        }}
      >
        <SideMenu />
      </Drawer>
      <Box sx={{ flex: 1, minWidth: 0, display: "flex", flexDirection: "column" }}>
        <TopBar onMenu={() => setMenuOpen(true)} />
        <Box
          component="main"
          id="content"
          tabIndex={-1}
          sx={{ flex: 1, px: { xs: 1.5, sm: 2.5, lg: 3 }, py: { xs: 2, md: 2.5 }, outline: "none" }}
        >
          <ErrorBoundary FallbackComponent={Broken} resetKeys={[pathname]}>
            <Suspense fallback={<Waiting lines={6} />}>{children}</Suspense>
          </ErrorBoundary>
        </Box>
      </Box>
    </Box>
  );
}
