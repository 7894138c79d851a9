import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { cacheDirectory } from "@groundwork/tooling/paths";

/** Command and environment of a headless browser. */
export interface BrowserProgram {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Compatible browsers, by their names in packages and images. */
const INSTALLED = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const PACKAGE = "chromium-headless-shell";
/** Library directories in the unpacked packages. */
const LIBRARIES = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap((machine) => [machine, `${machine}/pulseaudio`]);

/**
 * A headless browser: an installed one, or the Debian package with its dependencies, unpacked into the cache directory without
 * installation. Without either, CI fails, and a local run prints a warning and returns undefined.
 */
export function browserProgram(): BrowserProgram | undefined {
  const installed = INSTALLED.find((program) => spawnSync(program, ["--version"]).status === 0);
  if (installed !== undefined) return { command: installed, env: process.env };
  const home = cacheDirectory(PACKAGE);
  if (!existsSync(home) && !unpack(home)) {
    const requirement = `require a browser: ${INSTALLED.join(", ")}, or apt-get with the Debian package ${PACKAGE}`;
    if (process.env["CI"] === "true") throw new Error(`tests with web pages ${requirement}`);
    console.warn(`skipped: tests with web pages ${requirement}`);
    return undefined;
  }
  const libraries = LIBRARIES.map((folder) => join(home, "usr/lib", folder)).join(":");
  return { command: join(home, "usr/lib/chromium", PACKAGE), env: { ...process.env, LD_LIBRARY_PATH: libraries } };
}

/** Downloads the package and its missing libraries with apt-get and unpacks them, without root permissions. */
function unpack(home: string): boolean {
  mkdirSync(join(home, ".."), { recursive: true });
  const draft = mkdtempSync(`${home}.`);
  const archives = join(draft, "archives");
  mkdirSync(join(archives, "partial"), { recursive: true });
  const options = ["--download-only", "--no-install-recommends", "--yes", "--quiet", "-o", "Debug::NoLocking=1"];
  const fetch = () => spawnSync("apt-get", ["install", ...options, "-o", `Dir::Cache::archives=${archives}`, PACKAGE]);
  let fetched = fetch();
  // The package index may be missing or list a version that no longer exists.
  if (fetched.status !== 0 && spawnSync("apt-get", ["update", "--quiet"]).status === 0) fetched = fetch();
  const packages = readdirSync(archives).filter((name) => name.endsWith(".deb"));
  if (fetched.status === 0)
    for (const name of packages) execFileSync("dpkg-deb", ["--extract", join(archives, name), draft]);
  rmSync(archives, { recursive: true });
  const complete = existsSync(join(draft, "usr/lib/chromium", PACKAGE));
  if (complete && !existsSync(home)) renameSync(draft, home);
  rmSync(draft, { recursive: true, force: true });
  return complete;
}

/** A loaded page. */
export interface LoadedPage {
  /** Status of the page itself. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Path in the address bar. */
  readonly url: string;
  /** Text of the page after its scripts have run. */
  readonly text: string;
  /** Paths of all other requests, with status. */
  readonly requests: readonly string[];
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

interface Response {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A headless browser with one page, controlled with the DevTools protocol over a pipe. */
export class Browser {
  /** Starts a browser. `options` are added to its command line. */
  static async start({ command, env }: BrowserProgram, options: readonly string[] = []): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), "groundwork-browser-"));
    // The pages are those of the test, so the sandbox, which requires permissions that containers lack, is not needed.
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
    const control = ["--remote-debugging-pipe", `--user-data-dir=${profile}`];
    const child = spawn(command, [...flags, ...control, ...options, "about:blank"], {
      env,
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    const browser = new Browser(child, profile);
    const { targetInfos } = (await browser.call("Target.getTargets")) as { targetInfos: readonly Target[] };
    const targetId = targetInfos.find(({ type }) => type === "page")?.targetId ?? "";
    const { sessionId } = await browser.call("Target.attachToTarget", { targetId, flatten: true });
    browser.session = String(sessionId);
    for (const domain of ["Page", "Network", "Runtime"]) await browser.call(`${domain}.enable`);
    return browser;
  }

  private session: string | undefined;
  private count = 0;
  private readonly pending = new Map<number, (message: Message) => void>();
  private readonly responses: (Response & { readonly type: string })[] = [];
  private loaded: () => void = () => undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly profile: string,
  ) {
    let rest = "";
    (child.stdio[4] as Readable).on("data", (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split("\0");
      rest = parts.pop() ?? "";
      for (const part of parts) this.receive(JSON.parse(part) as Message);
    });
  }

  /** Opens a URL and waits until the page is loaded. */
  open(url: string): Promise<LoadedPage> {
    return this.loadAfter(async () => {
      await this.call("Page.navigate", { url });
    });
  }

  /** Clicks the element of a selector and waits until the next page is loaded. */
  click(selector: string): Promise<LoadedPage> {
    return this.loadAfter(async () => {
      await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
    });
  }

  /** Evaluates an expression in the page and returns its value. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    return (result as { value?: unknown }).value;
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await exited;
    rmSync(this.profile, { recursive: true, force: true });
  }

  private async loadAfter(act: () => Promise<void>): Promise<LoadedPage> {
    this.responses.length = 0;
    const loaded = new Promise<void>((resolve) => (this.loaded = resolve));
    await act();
    await loaded;
    const page = this.responses.find(({ type }) => type === "Document");
    const others = this.responses.filter((response) => response !== page);
    return {
      status: page?.status ?? 0,
      headers: page?.headers ?? {},
      url: String(await this.evaluate("location.pathname")),
      text: String(await this.evaluate("document.body.innerText")).trim(),
      requests: others.map(({ url, status }) => `${status} ${new URL(url).pathname}`),
    };
  }

  private async call(method: string, params: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const id = (this.count += 1);
    const response = new Promise<Message>((resolve) => this.pending.set(id, resolve));
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    const { result, error } = await response;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  private receive({ id, method, params = {}, ...message }: Message): void {
    if (id !== undefined) this.pending.get(id)?.({ id, ...message });
    if (method === "Network.responseReceived")
      this.responses.push({ ...(params["response"] as Response), type: String(params["type"]) });
    if (method === "Page.loadEventFired") this.loaded();
  }
}

interface Target {
  readonly type: string;
  readonly targetId: string;
}
