#!/usr/bin/env python3
"""Applies the configuration of a GitLab server through its own API. Idempotent.

Reads /etc/groundwork/gitlab-configuration.json. Creates an API token that expires after a day and revokes it
at the end. Transfers the runner's token in a SecureString, because GitLab shows it only once.
"""

import json
import os
import secrets
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

CONFIGURATION = "/etc/groundwork/gitlab-configuration.json"
POLL = float(os.environ.get("POLL_SECONDS", "5"))

# Sources that GitLab still returns on old instances but rejects in updates.
REJECTED_SOURCES = {"gitlab", "phabricator"}

# Passed to gitlab-rails on standard input, because every process can read arguments.
CREATE_TOKEN = """
user = User.find_by_username!("root")
token = user.personal_access_tokens.build(name: "groundwork first boot", scopes: ["api"], expires_at: Date.tomorrow)
token.set_token("%s")
token.save!
"""


class ApiError(Exception):
    def __init__(self, status, method, path, body):
        super().__init__(f"{method} {path}: {status} {body[:500]}")
        self.status = status


class GitLab:
    """API client for the server on this machine, over the loopback interface with the server's host name."""

    def __init__(self, url, host):
        self.base, self.host = f"{url}/api/v4", host
        self.token = None
        # The server is on this machine, so its certificate needs no verification.
        self.context = ssl._create_unverified_context() if url.startswith("https") else None

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Host": self.host, "Content-Type": "application/json"}
        if self.token is not None:
            headers["PRIVATE-TOKEN"] = self.token
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60, context=self.context) as response:
                text = response.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise ApiError(error.code, method, path, error.read().decode(errors="replace")) from None

    def find(self, path):
        """The object at a path, or None."""
        try:
            return self.call("GET", path)
        except ApiError as error:
            if error.status == 404:
                return None
            raise

    def pages(self, path):
        """Every element of a paginated list."""
        page = 1
        while True:
            elements = self.call("GET", f"{path}{'&' if '?' in path else '?'}per_page=100&page={page}")
            yield from elements
            if len(elements) < 100:
                return
            page += 1


def log(line):
    print(line, flush=True)


def wait_until(failure, seconds, attempt):
    """Polls until the attempt returns a result, and returns it. Exits with the last error after the timeout."""
    deadline, reason = time.monotonic() + seconds, "no result"
    while True:
        try:
            result = attempt()
            if result is not None:
                return result
        except (ApiError, OSError) as error:
            reason = error
        if time.monotonic() >= deadline:
            raise SystemExit(f"{failure} within {seconds} seconds: {reason}")
        time.sleep(POLL)


def encoded(text):
    return urllib.parse.quote(text, safe="").replace(".", "%2E")


def bootstrap(gitlab):
    token = secrets.token_urlsafe(30)
    subprocess.run(["gitlab-rails", "runner", "-"], input=CREATE_TOKEN % token, text=True, check=True)
    gitlab.token = token
    wait_until("the server did not accept its own token", 120, lambda: gitlab.call("GET", "/user"))


def apply_settings(gitlab, desired):
    current = gitlab.call("GET", "/application/settings")
    sources = set(current.get("import_sources") or []) - REJECTED_SOURCES
    target = {**desired, "import_sources": sorted(sources | set(desired["import_sources"]))}
    changes = {key: value for key, value in target.items() if sorted_list(current.get(key)) != value}
    if changes:
        gitlab.call("PUT", "/application/settings", changes)
        log(f"settings: changed {', '.join(sorted(changes))}")


def sorted_list(value):
    return sorted(value) if isinstance(value, list) else value


def ensure_group(gitlab, desired):
    group = gitlab.find(f"/groups/{encoded(desired['path'])}")
    if group is None:
        group = gitlab.call("POST", "/groups", desired)
        log(f"group {desired['path']}: created")
    return group


def ensure_project(gitlab, group, desired):
    path = f"/projects/{encoded(group['full_path'] + '/' + desired['path'])}"
    project = gitlab.find(path)
    if project is None:
        body = {
            "name": desired["path"],
            "path": desired["path"],
            "namespace_id": group["id"],
            "visibility": desired["visibility"],
            "import_url": desired["importUrl"],
        }
        # Processes of the server cache settings for about a minute; until then some of them reject imports by URL.
        project = wait_until("the import was rejected", 300, lambda: gitlab.call("POST", "/projects", body))
        log(f"project {desired['path']}: import started")

    def imported():
        status = gitlab.call("GET", f"/projects/{project['id']}/import")
        if status["import_status"] == "failed":
            error = status.get("import_error")
            raise SystemExit(f"the import failed: {error}; delete the project and run this step again")
        return status if status["import_status"] in ("finished", "none") else None

    wait_until("the import did not finish", desired["importDeadlineSeconds"], imported)
    project = gitlab.call("GET", f"/projects/{project['id']}")
    if project.get("max_artifacts_size") != desired["maxArtifactsSize"]:
        gitlab.call("PUT", f"/projects/{project['id']}", {"max_artifacts_size": desired["maxArtifactsSize"]})
        log(f"project {desired['path']}: artifact limit {desired['maxArtifactsSize']} MB")
    return project


def ensure_variables(gitlab, project, variables):
    for key, value in variables.items():
        path = f"/projects/{project['id']}/variables"
        variable = gitlab.find(f"{path}/{key}")
        if variable is None:
            gitlab.call("POST", path, {"key": key, "value": value})
        elif variable["value"] != value:
            gitlab.call("PUT", f"{path}/{key}", {"value": value})


def ensure_pipeline(gitlab, project, text):
    branch = project["default_branch"]
    path = f"/projects/{project['id']}/repository/files/{encoded('.gitlab-ci.yml')}"
    # An existing file is not changed: after the first commit the project's developers own it.
    if gitlab.find(f"{path}?ref={encoded(branch)}") is None:
        body = {"branch": branch, "content": text, "commit_message": "Add the pipeline"}
        gitlab.call("POST", path, body)
        log("pipeline: committed")


class Parameter:
    """A SecureString of SSM, accessed with the AWS CLI."""

    def __init__(self, name):
        self.name = name

    def read(self):
        command = ["aws", "ssm", "get-parameter", "--name", self.name, "--with-decryption"]
        result = subprocess.run([*command, "--output", "json"], capture_output=True, text=True)
        if result.returncode == 0:
            return json.loads(result.stdout)["Parameter"]["Value"]
        if "ParameterNotFound" in result.stderr:
            return None
        raise SystemExit(f"{self.name} could not be read: {result.stderr.strip()}")

    def write(self, value):
        # Only the value is read from the pipe: with --cli-input-json the AWS CLI reads it twice, the second time empty.
        command = ["aws", "ssm", "put-parameter", "--name", self.name, "--type", "SecureString", "--overwrite"]
        command += ["--value", "file:///dev/stdin"]
        subprocess.run(command, input=value, text=True, check=True, stdout=subprocess.DEVNULL)


def ensure_runner(gitlab, project, desired):
    parameter = Parameter(desired["tokenParameter"])
    runners = gitlab.pages(f"/projects/{project['id']}/runners?type=project_type")
    runner = next((runner for runner in runners if runner["description"] == desired["description"]), None)
    token = parameter.read()
    if runner is not None and token is not None and is_valid(gitlab, token):
        return
    if runner is not None:
        # GitLab shows a token only once; if the parameter does not contain it, a new token replaces it.
        created = gitlab.call("POST", f"/runners/{runner['id']}/reset_authentication_token")
    else:
        body = {
            "runner_type": "project_type",
            "project_id": project["id"],
            "description": desired["description"],
            "run_untagged": True,
            "locked": True,
        }
        created = gitlab.call("POST", "/user/runners", body)
    parameter.write(created["token"])
    log("runner: token stored")


def is_valid(gitlab, token):
    try:
        gitlab.call("POST", "/runners/verify", {"token": token})
        return True
    except ApiError as error:
        if error.status == 403:
            return False
        raise


def main():
    with open(CONFIGURATION, encoding="utf-8") as file:
        desired = json.load(file)
    gitlab = GitLab(os.environ["LOCAL_URL"], os.environ["GITLAB_HOST"])
    try:
        bootstrap(gitlab)
        apply_settings(gitlab, desired["settings"])
        group = ensure_group(gitlab, desired["group"])
        project = ensure_project(gitlab, group, desired["project"])
        ensure_variables(gitlab, project, desired["variables"])
        ensure_runner(gitlab, project, desired["runner"])
        if desired.get("pipeline"):
            ensure_pipeline(gitlab, project, desired["pipeline"])
    except (ApiError, subprocess.CalledProcessError) as error:
        raise SystemExit(str(error)) from None
    finally:
        if gitlab.token is not None:
            try:
                gitlab.call("DELETE", "/personal_access_tokens/self")
            except (ApiError, OSError) as error:
                log(f"the API token could not be revoked; it expires tomorrow: {error}")


if __name__ == "__main__":
    sys.exit(main())
