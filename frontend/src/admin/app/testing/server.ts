import { setupServer } from "msw/node";

/** The HTTP counterpart of component tests: each test says what the backend answers. */
export const server = setupServer();
