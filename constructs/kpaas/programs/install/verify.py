#!/usr/bin/env python3
"""Verifies that a cluster works; the exit status of the installer does not indicate it.

Polls until all checks pass. A check that still fails at the deadline of the phase is the phase's last message.
"""

import json
import os
import sys
import urllib.error
import urllib.request

from polling import items, kubectl, wait_until

CLASS = "cp-storageclass"
CLAIM = {
    "apiVersion": "v1",
    "kind": "PersistentVolumeClaim",
    "metadata": {"name": "groundwork-verify", "namespace": "default"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}},
}


def nodes():
    expected = int(os.environ["CONTROL_PLANES"]) + int(os.environ["WORKERS"])
    ready = [node for node in items("nodes") if {"type": "Ready", "status": "True"} in conditions(node)]
    return f"{len(ready)} of {expected} nodes are ready" if len(ready) != expected else None


def conditions(item):
    return [
        {"type": condition["type"], "status": condition["status"]} for condition in item["status"].get("conditions", [])
    ]


def workloads():
    namespaces = ["kube-system", "ingress-nginx"]
    namespaces += ["metallb-system"] if os.environ["METALLB"] == "Y" else []
    namespaces += ["kyverno"] if os.environ["KYVERNO"] == "Y" else []
    for namespace in namespaces:
        found = items("deployments,daemonsets", f"--namespace={namespace}")
        if not found:
            return f"nothing runs in {namespace}"
        for item in found:
            status = item["status"]
            if item["kind"] == "Deployment":
                expected, available = item["spec"]["replicas"], status.get("availableReplicas", 0)
            else:
                expected, available = status.get("desiredNumberScheduled", 0), status.get("numberAvailable", 0)
            if available < expected:
                return f"{namespace}/{item['metadata']['name']} has {available} of {expected} pods"
    return None


def storage():
    for item in items("storageclasses"):
        if item["metadata"]["name"] == CLASS:
            default = item["metadata"].get("annotations", {}).get("storageclass.kubernetes.io/is-default-class")
            return None if default == "true" else f"{CLASS} is not the default"
    return f"the storage class {CLASS} does not exist"


def claim():
    kubectl("apply", "--filename=-", input=json.dumps(CLAIM))
    found = json.loads(kubectl("get", "persistentvolumeclaim", "groundwork-verify", "--output=json"))
    phase = found["status"].get("phase")
    if phase != "Bound":
        return f"a claim on {CLASS} is {phase}"
    kubectl("delete", "persistentvolumeclaim", "groundwork-verify", "--wait=false")
    return None


def ingress():
    expected = os.environ["INGRESS_ADDRESS"]
    service = json.loads(
        kubectl("get", "service", "ingress-nginx-controller", "--namespace=ingress-nginx", "--output=json")
    )
    found = [address.get("ip") for address in service["status"].get("loadBalancer", {}).get("ingress", [])]
    if not expected:
        return None if found else "the ingress has no address"
    # The installer sets it in its last step and ignores errors.
    if os.environ["METALLB"] == "Y" and expected not in found:
        return f"the ingress has {', '.join(map(str, found)) or 'no address'} instead of {expected}"
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"http://{expected}/", timeout=10):
            return f"http://{expected}/ responds to an unknown host name"
    except urllib.error.HTTPError as error:
        return None if error.code == 404 else f"http://{expected}/ returns {error.code} instead of 404"


def main():
    wait_until(nodes, workloads, storage, claim, ingress)
    print("kpaas: the cluster is ready", flush=True)


if __name__ == "__main__":
    sys.exit(main())
