import type { Release, ReleasedFile } from "@groundwork/tooling/downloads/released-programs";

/*
 * Official binaries of the programs of the local Kubernetes, in the versions of `tools/<name>/go.mod`. Each checksum is that of the project
 * itself, or is in two sources that do not take it from each other. A platform without such a checksum is not listed: there the program is
 * built. For macOS, Kubernetes publishes no servers.
 */

/** https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.35.md#server-binaries (SHA-512). */
export const KUBERNETES: Release = {
  name: "kubernetes",
  version: "v1.35.4",
  files: {
    linux_amd64: kubernetesServer(
      "amd64",
      "7454c2d9023de3230972e965e1e2a587a291e2a1abee703bb0737057e1646b23ebac538b93dd778e93579e3c293dc1fa8d002e6848ad5ebc01598bc47358fe44",
    ),
    linux_arm64: kubernetesServer(
      "arm64",
      "67187a2fe780be7816f9d10e082ed02cbba306bab379980280d00ba4c4017ff53c50cd2ff81d248c91ddcc064276b8760e17c73a1a7da1d35067a6fc0ffbdc88",
    ),
  },
};

/**
 * The release's SHA256SUMS as recorded in https://github.com/kubernetes-sigs/kubespray (roles/kubespray_defaults/vars/main/checksums.yml, commit
 * 46dbdd39), and https://github.com/OpenPipe/ART (scripts/setup_multinode.sh, commit 0869128a).
 */
export const ETCD: Release = {
  name: "etcd",
  version: "v3.5.33",
  files: {
    linux_amd64: {
      url: "https://github.com/etcd-io/etcd/releases/download/v3.5.33/etcd-v3.5.33-linux-amd64.tar.gz",
      checksum: "5025b5b24d81a9616b6e284ccd439b9a3df055ef8fdcdc142af3ec8f6a3b3c95",
      programs: { etcd: "etcd-v3.5.33-linux-amd64/etcd" },
    },
  },
};

/** https://aur.archlinux.org/packages/kwok-bin (0.7.0-1), and the pinned downloads of Repo2RLEnv (https://github.com/huggingface/Repo2RLEnv). */
export const KWOK: Release = {
  name: "kwok",
  version: "v0.7.0",
  files: {
    linux_amd64: {
      url: "https://github.com/kubernetes-sigs/kwok/releases/download/v0.7.0/kwok-linux-amd64",
      checksum: "56ca852c4aa5851b44e99019214942ec55c6b6c25cbf85bea91019c1931b3415",
      programs: "kwok",
    },
  },
};

function kubernetesServer(architecture: string, checksum: string): ReleasedFile {
  const programs = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"];
  return {
    url: `https://dl.k8s.io/v1.35.4/kubernetes-server-linux-${architecture}.tar.gz`,
    checksum,
    programs: Object.fromEntries(programs.map((program) => [program, `kubernetes/server/bin/${program}`])),
  };
}
