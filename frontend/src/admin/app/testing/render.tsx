import { ThemeProvider } from "@mui/material/styles";
import { QueryClient } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import polyglotI18nProvider from "ra-i18n-polyglot";
import type { ReactNode } from "react";
import { CoreAdminContext, memoryStore, Notification, type TranslationMessages } from "react-admin";
import { MemoryRouter } from "react-router-dom";
import { dataProvider } from "../dataProvider";
import { ownTexts } from "../texts";
import { muiTheme } from "../theme";

const backendTexts = {
  "cases.stage.proposal": "Forslag",
  "partners.kind.housing_cooperative": "Borettslag",
  "partners.kind.business": "Næringsliv",
};

/** Draw something as it stands in the admin: bokmål, real data provider, real forms. */
export function renderInAdmin(children: ReactNode, at = "/"): RenderResult {
  const i18n = polyglotI18nProvider(
    () => ({ ...ownTexts.nb, ...backendTexts }) as unknown as TranslationMessages,
    "nb",
    [],
    { allowMissing: true },
  );
  return render(
    <MemoryRouter initialEntries={[at]}>
      <CoreAdminContext
        dataProvider={dataProvider}
        i18nProvider={i18n}
        store={memoryStore()}
        queryClient={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
      >
        <ThemeProvider theme={muiTheme("light")}>
          {children}
          <Notification />
        </ThemeProvider>
      </CoreAdminContext>
    </MemoryRouter>,
  );
}
