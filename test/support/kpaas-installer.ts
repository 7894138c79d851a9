import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * A reimplementation of the parts of the installer's repository that the first boot uses: its checks, its files and its known issues.
 * Written from facts about the installer; it contains none of its code.
 */
const FILES: Readonly<Record<string, string>> = {
  "single/deploy-cp-cluster.sh": `#!/bin/bash
source cp-cluster-vars.sh
result=0
if [ "$KUBE_CONTROL_HOSTS" == "" ]; then
  echo "KUBE_CONTROL_HOSTS is empty. Enter a variable."
  result=2
fi
if [ "$result" == 2 ]; then
  return $result
fi
NO_SUCH=$(echo nothing | grep something)
HOST_CHECK=$(sudo cat /etc/hosts | grep "$MASTER1_NODE_PUBLIC_IP $MASTER1_NODE_HOSTNAME")
if [ "$HOST_CHECK" == "" ]; then
  ssh-keyscan -t rsa "$MASTER1_NODE_PUBLIC_IP" > ~/.ssh/known_hosts
fi
rm -rf hosts.yaml
echo "ansible_host: $MASTER1_NODE_HOSTNAME" > hosts.yaml
export PATH=$PATH:$HOME/.local/bin
source $HOME/.bashrc
ansible-playbook -i hosts.yaml --become --become-user=root cluster.yml
`,
  "single/reset-cp-cluster.sh": `#!/bin/bash
ansible-playbook -i hosts.yaml --become --become-user=root reset.yml
`,
  "single/cluster.yml":
    "- hosts: localhost\n  roles:\n    - { role: helm }\n\n- hosts: localhost\n  roles:\n    - { role: podman }\n",
  "single/roles/cp-install/tasks/main.yml": `- shell: |
    ssh MASTER 'cd cp-deployment/standalone && ./deploy-cp-cluster.sh' 2>&1 | tee /dev/tty
`,
  "single/roles/cp-reset/tasks/main.yml": `- shell: |
    ssh MASTER 'cd cp-deployment/standalone && ./reset-cp-cluster.sh' 2>&1 | tee /dev/tty
`,
  "standalone/playbooks/cluster.yml":
    "- hosts: all\n  roles:\n    - { role: cp/cve_cce/amd64 }\n    - { role: cp/podman }\n",
  "standalone/requirements.txt": "ansible==9.13.0\n",
};

/** The reimplemented installer as a Git repository. */
export class InstallerRepository {
  readonly directory = mkdtempSync(join(tmpdir(), "groundwork-installer-"));
  readonly commit: string;

  constructor() {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(this.directory, path)), { recursive: true });
      writeFileSync(join(this.directory, path), text);
      if (path.endsWith(".sh")) chmodSync(join(this.directory, path), 0o755);
    }
    this.git("init", "--quiet");
    this.git("add", ".");
    this.git("-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "--message=x");
    this.git("tag", "v1.6.2");
    this.commit = this.git("rev-parse", "HEAD").trim();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  private git(...args: readonly string[]): string {
    return execFileSync("git", ["-C", this.directory, ...args], { encoding: "utf8" });
  }
}

/**
 * Shell functions of the stand-ins. `power STEP` simulates a power failure if the test has requested it: it kills all processes up to
 * the runner of the first boot. `fails PROGRAM` succeeds once if the test has requested a failure.
 */
export const POWER = `
power() {
  [ -e "$ROOT/cut-$1" ] || return 0
  rm "$ROOT/cut-$1"
  local pid=$$ parents=() command=
  while [[ $command != *"$ROOT/usr/local/lib/groundwork/first-boot" ]]; do
    parents=("$pid" "\${parents[@]}")
    pid=$(ps -o ppid= -p "$pid" | tr -d ' ')
    [ "$pid" -gt 1 ] || exit 99
    command=$(ps -o args= -p "$pid")
  done
  # Parents first: a surviving parent would continue.
  kill -9 "$pid" "\${parents[@]}"
}
fails() {
  [ -e "$ROOT/fail-$1" ] || return 1
  rm "$ROOT/fail-$1"
}`;

/** Ansible's behavior for shell lines of a play: no terminal, and the first failure ends it. */
const ANSIBLE = `
playbook=\${!#}
[ -e hosts.yaml ] || { echo "no inventory"; exit 1; }
case $playbook in
  cluster.yml) role=cp-install ;;
  reset.yml) role=cp-reset ;;
esac
power "$role"
sed -n 's/^    ssh MASTER/ssh master/p' "roles/$role/tasks/main.yml" >"$ROOT/play.sh"
setsid --wait bash "$ROOT/play.sh" || { echo "fatal: [master_node]: FAILED!"; exit 2; }
[ "$role" = cp-install ] || exit 0
if grep -q 'role: helm' cluster.yml; then echo "fatal: [localhost]: FAILED! => no package helm"; exit 2; fi
mkdir -p "$HOME/.kube"
printf 'clusters:\\n- cluster:\\n    server: https://198.51.100.7:6443\\n' >"$HOME/.kube/config"`;

/** Stand-ins for programs of an install host, with the behavior of the real ones that the first boot depends on. */
export function installHostPrograms(repository: InstallerRepository): Readonly<Record<string, string>> {
  const programs: Readonly<Record<string, string>> = {
    sudo: `
while [[ $1 == -* ]]; do [ "$1" != -u ] || shift; shift; done
export HOME=$ROOT/home/ubuntu
exec "\${@//\\/etc\\/hosts/$ROOT/etc/hosts}"`,
    "apt-get": `power apt; if fails apt; then echo "E: Failed to fetch"; exit 100; fi`,
    git: `
if [ "$1" = clone ]; then
  target=\${!#}
  if fails git; then mkdir -p "$target"; echo "fatal: early EOF"; exit 128; fi
  mkdir -p "$target"; power git; rmdir "$target"
  exec $(type -aP git | sed -n 2p) -c safe.directory='*' clone --quiet --branch v1.6.2 ${repository.directory} "$target"
fi
exec $(type -aP git | sed -n 2p) -c safe.directory='*' "$@"`,
    pip3: `
power pip; if fails pip; then echo "ERROR: timed out"; exit 1; fi
# pip's own behavior with --require-hashes: every line has a version and a checksum.
[[ $* == *"--require-hashes --only-binary :all:"* ]] && ! grep -vqE '^[a-z0-9-]+==[0-9.]+( --hash=sha256:[0-9a-f]{64})+$' "\${!#}" || {
  echo "ERROR: hashes are required"
  exit 1
}
mkdir -p "$HOME/.local/bin"
cp "$ROOT/.ansible-playbook" "$HOME/.local/bin/ansible-playbook"`,
    ssh: `
target= command=\${!#}
for argument in "$@"; do case $argument in ubuntu@*) target=\${argument#ubuntu@} ;; master) target=master ;; esac; done
case $command in
  *./deploy-cp-cluster.sh*)
    [ ! -e "$ROOT/cluster" ] || { echo "Error: cannot re-use a name that is still in use"; exit 1; }
    touch "$ROOT/cluster"
    power install
    if fails install; then echo "fatal: [lab-cluster2]: UNREACHABLE!"; exit 2; fi ;;
  *./reset-cp-cluster.sh*) rm -f "$ROOT/cluster" ;;
  *)
    power wait
    n=$(cat "$ROOT/nodes/$target" 2>/dev/null || echo 0)
    case $n in
      failed) exit 11 ;; broken) exit 10 ;; strict) exit 12 ;;
      0) exit 0 ;;
      *) echo $((n - 1)) >"$ROOT/nodes/$target"; [ $((n % 2)) = 1 ] && exit 13 || exit 255 ;;
    esac ;;
esac`,
    // Limits the timeouts of phases.
    timeout: `
arguments=("$@")
for n in "\${!arguments[@]}"; do
  [[ \${arguments[n]} =~ ^[0-9]+$ ]] || continue
  [ "\${arguments[n]}" -le 50 ] || arguments[n]=50
  break
done
exec $(type -aP timeout | sed -n 2p) "\${arguments[@]}"`,
    "ssh-keyscan": 'echo "# comment" >&2; echo "${!#} ssh-rsa AAAAhostkey"',
    mount: `power mount; if fails mount; then exit 32; fi`,
    ...{ umount: "", "systemd-run": "" },
    kubectl: `
power kubectl
power "kubectl-$(grep -oE "port-forward|secret|deployments " <<<"$* " | head -n 1 | tr -d ' ')"
while [[ $1 == --* ]]; do [ "$1" != --kubeconfig ] || shift; shift; done
file=$ROOT/kube/$2-\${3#--namespace=}.json
case $1 in
  get) [ -e "$file" ] || file=$ROOT/kube/$2.json; cat "$file" 2>/dev/null || { echo "Error from server (NotFound)" >&2; exit 1; } ;;
  apply) cat >"$ROOT/applied" ;;
  port-forward) exec bash "$ROOT/kube/forward" ;;
esac`,
  };
  return Object.fromEntries(Object.entries(programs).map(([name, script]) => [name, `${POWER}\n${script}`]));
}

/** The program that `pip3` installs. */
export function ansible(root: string): string {
  return `#!/bin/bash\nROOT=${root}\nprintf '%s\\n' "ansible-playbook $*" >>"$ROOT/calls"\n${POWER}\n${ANSIBLE}\n`;
}
