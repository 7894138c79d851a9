#!/usr/bin/env python3
"""Looks whether a cluster stands: the installer's own status says little. Asks until all is well; what is missing at the end of the
phase's time is its last word.
"""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request

from looking import KUBECTL, until_well

CLASS = "cp-storageclass"
CLAIM = {
    "apiVersion": "v1",
    "kind": "PersistentVolumeClaim",
    "metadata": {"name": "groundwork-verify", "namespace": "default"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}},
}


def kubectl(*words, input=None):
    command = [*KUBECTL, "--request-timeout=20s", *words]
    result = subprocess.run(command, input=input, capture_output=True, text=True, timeout=60)
    if result.returncode != 0:
        raise OSError(result.stderr.strip().splitlines()[-1] if result.stderr.strip() else f"kubectl ended with {result.returncode}")
    return result.stdout


def items(*words):
    return json.loads(kubectl("get", *words, "--output=json"))["items"]


def nodes():
    wanted = int(os.environ["CONTROL_PLANES"]) + int(os.environ["WORKERS"])
    ready = [node for node in items("nodes") if {"type": "Ready", "status": "True"} in conditions(node)]
    return f"{len(ready)} of {wanted} nodes are ready" if len(ready) != wanted else None


def conditions(thing):
    return [{"type": one["type"], "status": one["status"]} for one in thing["status"].get("conditions", [])]


def workloads():
    namespaces = ["kube-system", "ingress-nginx"]
    namespaces += ["metallb-system"] if os.environ["METALLB"] == "Y" else []
    namespaces += ["kyverno"] if os.environ["KYVERNO"] == "Y" else []
    for namespace in namespaces:
        found = items("deployments,daemonsets", f"--namespace={namespace}")
        if not found:
            return f"nothing runs in {namespace}"
        for one in found:
            status = one["status"]
            if one["kind"] == "Deployment":
                wanted, there = one["spec"]["replicas"], status.get("availableReplicas", 0)
            else:
                wanted, there = status.get("desiredNumberScheduled", 0), status.get("numberAvailable", 0)
            if there < wanted:
                return f"{namespace}/{one['metadata']['name']} has {there} of {wanted}"
    return None


def storage():
    for one in items("storageclasses"):
        if one["metadata"]["name"] == CLASS:
            default = one["metadata"].get("annotations", {}).get("storageclass.kubernetes.io/is-default-class")
            return None if default == "true" else f"{CLASS} is not the default"
    return f"there is no {CLASS}"


def claim():
    kubectl("apply", "--filename=-", input=json.dumps(CLAIM))
    phase = json.loads(kubectl("get", "persistentvolumeclaim", "groundwork-verify", "--output=json"))["status"].get("phase")
    if phase != "Bound":
        return f"a claim on {CLASS} is {phase}"
    kubectl("delete", "persistentvolumeclaim", "groundwork-verify", "--wait=false")
    return None


def ingress():
    wanted = os.environ["INGRESS_ADDRESS"]
    service = json.loads(kubectl("get", "service", "ingress-nginx-controller", "--namespace=ingress-nginx", "--output=json"))
    found = [one.get("ip") for one in service["status"].get("loadBalancer", {}).get("ingress", [])]
    if not wanted:
        return None if found else "the ingress has no address"
    # The installer's last step sets it, and hides that it failed.
    if os.environ["METALLB"] == "Y" and wanted not in found:
        return f"the ingress has {', '.join(map(str, found)) or 'no address'} instead of {wanted}"
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://{wanted}/", timeout=10):
            return f"http://{wanted}/ answers for a name that nobody has asked for"
    except urllib.error.HTTPError as error:
        return None if error.code == 404 else f"http://{wanted}/ answers {error.code} instead of 404"


def main():
    until_well(nodes, workloads, storage, claim, ingress)
    print("kpaas: the cluster stands", flush=True)


if __name__ == "__main__":
    sys.exit(main())
