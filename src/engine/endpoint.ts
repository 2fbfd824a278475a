/** Where an engine answers, as a context names it. */

export type Endpoint = LocalEndpoint | { readonly kind: "other"; readonly address: string };

/** What pet can speak with as it is: a unix socket or a plain TCP port. */
export type LocalEndpoint =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** As a person would write it in DOCKER_HOST. */
export function addressOf(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case "unix":
      return `unix://${endpoint.path}`;
    case "tcp":
      return `tcp://${endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`;
    case "other":
      return endpoint.address;
  }
}
