import type { EksSettings, Environment, GitLabSettings, SiteSettings } from "./environment";

/** A cluster of an environment, and the id of its first stack. */
export interface ClusterSection {
  readonly id: string;
  readonly eks: EksSettings;
}

/** A site of an environment, and the id of its stack. */
export interface SiteSection {
  readonly id: string;
  readonly site: SiteSettings;
}

/** The clusters of an environment: the one of the section `eks`, and those of `clusters`. */
export function clustersOf({ name, eks, clusters }: Environment): readonly ClusterSection[] {
  const others = Object.entries(clusters).map(([key, one]) => ({ id: `${name}-${key}-eks`, eks: one }));
  return eks === undefined ? others : [{ id: `${name}-eks`, eks }, ...others];
}

/** The sites of an environment: the one of the section `site`, and those of `sites`. */
export function sitesOf({ name, site, sites }: Environment): readonly SiteSection[] {
  const others = Object.entries(sites).map(([key, one]) => ({ id: `${name}-${key}-site`, site: one }));
  return site === undefined ? others : [{ id: `${name}-site`, site }, ...others];
}

/** The site that GitLab's pipeline deploys: the named one, or that of the section `site`. */
export function deployedSite(environment: Environment, { site }: GitLabSettings): SiteSection | undefined {
  const id = `${environment.name}-${site === undefined ? "" : `${site}-`}site`;
  return sitesOf(environment).find((section) => section.id === id);
}

/** Name of the role of the machine whose jobs deploy the site with the id; undefined when none does. */
export function deployingMachineRole(environment: Environment, siteId: string): string | undefined {
  const { name, gitlab } = environment;
  if (gitlab === undefined || deployedSite(environment, gitlab)?.id !== siteId) return undefined;
  return gitlab.runner.on === "server" ? `${name}-gitlab-server-role` : `${name}-gitlab-runner-machine-role`;
}
