import { QueryClient } from "@tanstack/react-query";
import { lazy } from "react";
import { Admin, CustomRoutes, type I18nProvider, Resource } from "react-admin";
import { BrowserRouter, Route } from "react-router-dom";
import { areas } from "../areas";
import { cases } from "../cases";
import { clauses } from "../clauses";
import { partners } from "../partners";
import { people } from "../people";
import { templates } from "../templates";
import { makeAuthProvider } from "./authProvider";
import { dataProvider } from "./dataProvider";
import { ApiProblem } from "./http/problem";
import { LoginPage } from "./LoginPage";
import { Layout } from "./shell/Layout";
import { NotFound } from "./shell/NotFound";
import { makeTheme } from "./theme";

const StartPage = lazy(() => import("../start/StartPage"));
const BoardPage = lazy(() => import("../board/BoardPage"));
const TimePage = lazy(() => import("../board/TimePage"));
const StrategyPage = lazy(() => import("../strategy/StrategyPage"));
const OutboxPage = lazy(() => import("../outbox/OutboxPage"));
const ProcessesPage = lazy(() => import("../processes/ProcessesPage"));
const TablePage = lazy(() => import("../processes/TablePage"));
const VersionPage = lazy(() => import("../processes/VersionPage"));
const OperationsPage = lazy(() => import("../operations/OperationsPage"));
const BulkPage = lazy(() => import("../bulk/BulkPage"));
const BulkRunPage = lazy(() => import("../bulk/RunPage"));
const LetterheadPage = lazy(() => import("../letterhead/LetterheadPage"));
const NoticesPage = lazy(() => import("../notices/NoticesPage"));
const AbsencesPage = lazy(() => import("../absences/AbsencesPage"));
const TemplateEditorPage = lazy(() => import("../templates/editor/EditorPage"));
const ClauseVersionPage = lazy(() => import("../clauses/VersionPage"));
const AuditPage = lazy(() => import("../audit/AuditPage"));

const RETRIES = 2;

/** Refusals are final; only a broken connection is worth trying again. */
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, problem) => !(problem instanceof ApiProblem) && failures < RETRIES,
    },
  },
});

const authProvider = makeAuthProvider();

export function App({ i18nProvider }: { i18nProvider: I18nProvider }) {
  return (
    <BrowserRouter>
      <Admin
        title="Fellesgrep"
        authProvider={authProvider}
        dataProvider={dataProvider}
        i18nProvider={i18nProvider}
        queryClient={queryClient}
        theme={makeTheme("light")}
        darkTheme={makeTheme("dark")}
        layout={Layout}
        loginPage={LoginPage}
        catchAll={NotFound}
        dashboard={StartPage}
        requireAuth
        disableTelemetry
      >
        <Resource {...cases} />
        <Resource {...partners} />
        <Resource {...areas} />
        <Resource {...templates} />
        <Resource {...clauses} />
        <Resource {...people} />
        <CustomRoutes>
          <Route path="/board" element={<BoardPage />} />
          <Route path="/board/time" element={<TimePage />} />
          <Route path="/strategy" element={<StrategyPage />} />
          <Route path="/strategy/:areaId" element={<StrategyPage />} />
          <Route path="/outbox" element={<OutboxPage />} />
          <Route path="/processes" element={<ProcessesPage />} />
          <Route path="/processes/tables/:id" element={<TablePage />} />
          <Route path="/processes/:hash" element={<VersionPage />} />
          <Route path="/operations" element={<OperationsPage />} />
          <Route path="/bulk-agreements" element={<BulkPage />} />
          <Route path="/bulk-agreements/:id" element={<BulkRunPage />} />
          <Route path="/letterhead" element={<LetterheadPage />} />
          <Route path="/notices" element={<NoticesPage />} />
          <Route path="/absences" element={<AbsencesPage />} />
          <Route path="/templates/:id/versions/:versionId" element={<TemplateEditorPage />} />
          <Route path="/clauses/:id/versions/:versionId" element={<ClauseVersionPage />} />
          <Route path="/audit" element={<AuditPage />} />
        </CustomRoutes>
      </Admin>
    </BrowserRouter>
  );
}
