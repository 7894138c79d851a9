import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { cacheDirectory } from "@groundwork/tooling/paths";

/** How a headless browser is started. */
export interface BrowserProgram {
  readonly command: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Browsers that are driven alike, as packages and images name them. */
const INSTALLED = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const PACKAGE = "chromium-headless-shell";
/** Folders of libraries in the unpacked packages. */
const LIBRARIES = ["x86_64-linux-gnu", "aarch64-linux-gnu"].flatMap((machine) => [machine, `${machine}/pulseaudio`]);

/**
 * A headless browser: an installed one, or Debian's package with what it needs, unpacked beside the project's other tools and not
 * installed. Nothing where there is neither: then CI fails, and a person is told.
 */
export function browserProgram(): BrowserProgram | undefined {
  const installed = INSTALLED.find((program) => spawnSync(program, ["--version"]).status === 0);
  if (installed !== undefined) return { command: installed, env: process.env };
  const home = cacheDirectory(PACKAGE);
  if (!existsSync(home) && !unpack(home)) {
    const words = `needs a browser: ${INSTALLED.join(", ")}, or apt-get with Debian's ${PACKAGE}`;
    if (process.env["CI"] === "true") throw new Error(`the routing of the private site ${words}`);
    console.warn(`skipped: the routing of the private site ${words}`);
    return undefined;
  }
  const libraries = LIBRARIES.map((folder) => join(home, "usr/lib", folder)).join(":");
  return { command: join(home, "usr/lib/chromium", PACKAGE), env: { ...process.env, LD_LIBRARY_PATH: libraries } };
}

/** Fetches the package and the libraries that this machine lacks by apt-get, without a right and without installing anything. */
function unpack(home: string): boolean {
  mkdirSync(join(home, ".."), { recursive: true });
  const draft = mkdtempSync(`${home}.`);
  const archives = join(draft, "archives");
  mkdirSync(join(archives, "partial"), { recursive: true });
  const options = ["--download-only", "--no-install-recommends", "--yes", "--quiet", "-o", "Debug::NoLocking=1"];
  const fetch = () => spawnSync("apt-get", ["install", ...options, "-o", `Dir::Cache::archives=${archives}`, PACKAGE]);
  let fetched = fetch();
  // An index that was never fetched, or names a version that is gone.
  if (fetched.status !== 0 && spawnSync("apt-get", ["update", "--quiet"]).status === 0) fetched = fetch();
  const packages = readdirSync(archives).filter((name) => name.endsWith(".deb"));
  if (fetched.status === 0)
    for (const name of packages) execFileSync("dpkg-deb", ["--extract", join(archives, name), draft]);
  rmSync(archives, { recursive: true });
  const whole = existsSync(join(draft, "usr/lib/chromium", PACKAGE));
  if (whole && !existsSync(home)) renameSync(draft, home);
  rmSync(draft, { recursive: true, force: true });
  return whole;
}

/** What a browser shows after it has opened an address. */
export interface Shown {
  /** Status of the page itself. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Address in the browser's bar. */
  readonly url: string;
  /** The page's text, after its scripts have run. */
  readonly text: string;
  /** Paths of everything else it asked for, with status. */
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

/** A headless browser with one page, driven through a pipe in its own protocol. */
export class Browser {
  static async start({ command, env }: BrowserProgram): Promise<Browser> {
    const profile = mkdtempSync(join(tmpdir(), "groundwork-browser-"));
    // A process of its own and pages that we wrote ourselves: the sandbox would want rights that containers do not give.
    const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"];
    const child = spawn(command, [...flags, "--remote-debugging-pipe", `--user-data-dir=${profile}`, "about:blank"], {
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
  private readonly waiting = new Map<number, (message: Message) => void>();
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
      for (const part of parts) this.hear(JSON.parse(part) as Message);
    });
  }

  /** Opens an address, as typed into the bar, and waits until it is loaded. */
  open(url: string): Promise<Shown> {
    return this.after(async () => {
      await this.call("Page.navigate", { url });
    });
  }

  /** Clicks what a selector finds, and waits for the page that it leads to. */
  click(selector: string): Promise<Shown> {
    return this.after(async () => {
      await this.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
    });
  }

  /** What a script answers in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.call("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    return (result as { value?: unknown }).value;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
    rmSync(this.profile, { recursive: true, force: true });
  }

  private async after(act: () => Promise<void>): Promise<Shown> {
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
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    const session = this.session === undefined ? {} : { sessionId: this.session };
    (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  private hear({ id, method, params = {}, ...message }: Message): void {
    if (id !== undefined) this.waiting.get(id)?.({ id, ...message });
    if (method === "Network.responseReceived")
      this.responses.push({ ...(params["response"] as Response), type: String(params["type"]) });
    if (method === "Page.loadEventFired") this.loaded();
  }
}

interface Target {
  readonly type: string;
  readonly targetId: string;
}
