#!/usr/bin/env python3
"""Brings a GitLab server to its configuration through its own API. A second run changes nothing that is as it should be.

Reads /etc/groundwork/gitlab-configuration.json. Makes itself a token that ends after a day, and revokes it when it is done. Hands
the runner's token over through a SecureString: GitLab shows it once, and nothing else ever sees it.
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

# Sources that GitLab still lists on old instances and refuses to be given back.
REFUSED_SOURCES = {"gitlab", "phabricator"}

# Read by gitlab-rails from standard input: arguments are readable to every process.
MAKE_TOKEN = """
user = User.find_by_username!("root")
token = user.personal_access_tokens.build(name: "groundwork first boot", scopes: ["api"], expires_at: Date.tomorrow)
token.set_token("%s")
token.save!
"""


class Refused(Exception):
    def __init__(self, status, method, path, body):
        super().__init__(f"{method} {path}: {status} {body[:500]}")
        self.status = status


class GitLab:
    """The API of this machine's server, asked over the loopback interface under the server's own name."""

    def __init__(self, url, host):
        self.base, self.host = f"{url}/api/v4", host
        self.token = None
        # The other end is this machine: there is nobody to mistake it for, whatever its certificate says.
        self.context = ssl._create_unverified_context() if url.startswith("https") else None

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Host": self.host, "Content-Type": "application/json"}
        if self.token is not None:
            headers["PRIVATE-TOKEN"] = self.token
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=60, context=self.context) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise Refused(error.code, method, path, error.read().decode(errors="replace")) from None

    def find(self, path):
        """What stands at a path, or None."""
        try:
            return self.call("GET", path)
        except Refused as refused:
            if refused.status == 404:
                return None
            raise

    def pages(self, path):
        """Every element of a list, over all its pages."""
        page = 1
        while True:
            elements = self.call("GET", f"{path}{'&' if '?' in path else '?'}per_page=100&page={page}")
            yield from elements
            if len(elements) < 100:
                return
            page += 1


def say(words):
    print(words, flush=True)


def until(what, seconds, attempt):
    """Tries until there is an answer; then answers it. Fails with the last reason when the time is over."""
    deadline, reason = time.monotonic() + seconds, "no answer"
    while True:
        try:
            answer = attempt()
            if answer is not None:
                return answer
        except (Refused, OSError) as error:
            reason = error
        if time.monotonic() >= deadline:
            raise SystemExit(f"{what} within {seconds} seconds: {reason}")
        time.sleep(POLL)


def encoded(text):
    return urllib.parse.quote(text, safe="").replace(".", "%2E")


def bootstrap(gitlab):
    token = secrets.token_urlsafe(30)
    subprocess.run(["gitlab-rails", "runner", "-"], input=MAKE_TOKEN % token, text=True, check=True)
    gitlab.token = token
    until("the server did not take its own token", 120, lambda: gitlab.call("GET", "/user"))


def apply_settings(gitlab, wanted):
    now = gitlab.call("GET", "/application/settings")
    present = set(now.get("import_sources") or []) - REFUSED_SOURCES
    target = {**wanted, "import_sources": sorted(present | set(wanted["import_sources"]))}
    target = {key: value for key, value in target.items() if sorted_list(now.get(key)) != value}
    if target:
        gitlab.call("PUT", "/application/settings", target)
        say(f"settings: changed {', '.join(sorted(target))}")


def sorted_list(value):
    return sorted(value) if isinstance(value, list) else value


def ensure_group(gitlab, wanted):
    group = gitlab.find(f"/groups/{encoded(wanted['path'])}")
    if group is None:
        group = gitlab.call("POST", "/groups", wanted)
        say(f"group {wanted['path']}: made")
    return group


def ensure_project(gitlab, group, wanted):
    path = f"/projects/{encoded(group['full_path'] + '/' + wanted['path'])}"
    project = gitlab.find(path)
    if project is None:
        body = {
            "name": wanted["path"],
            "path": wanted["path"],
            "namespace_id": group["id"],
            "visibility": wanted["visibility"],
            "import_url": wanted["importUrl"],
        }
        # Servers keep settings for about a minute: until then import by URL is still off to some of them.
        project = until("the import was refused", 300, lambda: gitlab.call("POST", "/projects", body))
        say(f"project {wanted['path']}: import began")

    def imported():
        status = gitlab.call("GET", f"/projects/{project['id']}/import")
        if status["import_status"] == "failed":
            raise SystemExit(f"the import failed: {status.get('import_error')}; delete the project, then start again")
        return status if status["import_status"] in ("finished", "none") else None

    until("the import did not end", wanted["importDeadlineSeconds"], imported)
    project = gitlab.call("GET", f"/projects/{project['id']}")
    if project.get("max_artifacts_size") != wanted["maxArtifactsSize"]:
        gitlab.call("PUT", f"/projects/{project['id']}", {"max_artifacts_size": wanted["maxArtifactsSize"]})
        say(f"project {wanted['path']}: artifacts up to {wanted['maxArtifactsSize']} MB")
    return project


def ensure_variables(gitlab, project, variables):
    for key, value in variables.items():
        path = f"/projects/{project['id']}/variables"
        present = gitlab.find(f"{path}/{key}")
        if present is None:
            gitlab.call("POST", path, {"key": key, "value": value})
        elif present["value"] != value:
            gitlab.call("PUT", f"{path}/{key}", {"value": value})


def ensure_pipeline(gitlab, project, text):
    branch = project["default_branch"]
    path = f"/projects/{project['id']}/repository/files/{encoded('.gitlab-ci.yml')}"
    # From the first commit on it belongs to those who work with it.
    if gitlab.find(f"{path}?ref={encoded(branch)}") is None:
        body = {"branch": branch, "content": text, "commit_message": "Add the pipeline"}
        gitlab.call("POST", path, body)
        say("pipeline: committed")


class Parameter:
    """A SecureString of SSM, through AWS's own client."""

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
        # By its value alone: of a whole call (--cli-input-json) AWS's client reads the pipe twice, and finds it empty.
        command = ["aws", "ssm", "put-parameter", "--name", self.name, "--type", "SecureString", "--overwrite"]
        command += ["--value", "file:///dev/stdin"]
        subprocess.run(command, input=value, text=True, check=True, stdout=subprocess.DEVNULL)


def ensure_runner(gitlab, project, wanted):
    parameter = Parameter(wanted["tokenParameter"])
    runners = gitlab.pages(f"/projects/{project['id']}/runners?type=project_type")
    present = next((runner for runner in runners if runner["description"] == wanted["description"]), None)
    known = parameter.read()
    if present is not None and known is not None and is_valid(gitlab, known):
        return
    if present is not None:
        # The token was shown once and is lost, or was never written down: a new one replaces it.
        answer = gitlab.call("POST", f"/runners/{present['id']}/reset_authentication_token")
    else:
        body = {
            "runner_type": "project_type",
            "project_id": project["id"],
            "description": wanted["description"],
            "run_untagged": True,
            "locked": True,
        }
        answer = gitlab.call("POST", "/user/runners", body)
    parameter.write(answer["token"])
    say("runner: token handed over")


def is_valid(gitlab, token):
    try:
        gitlab.call("POST", "/runners/verify", {"token": token})
        return True
    except Refused as refused:
        if refused.status == 403:
            return False
        raise


def main():
    with open(CONFIGURATION, encoding="utf-8") as file:
        wanted = json.load(file)
    gitlab = GitLab(os.environ["LOCAL_URL"], os.environ["GITLAB_HOST"])
    try:
        bootstrap(gitlab)
        apply_settings(gitlab, wanted["settings"])
        group = ensure_group(gitlab, wanted["group"])
        project = ensure_project(gitlab, group, wanted["project"])
        ensure_variables(gitlab, project, wanted["variables"])
        ensure_runner(gitlab, project, wanted["runner"])
        if wanted.get("pipeline"):
            ensure_pipeline(gitlab, project, wanted["pipeline"])
    except (Refused, subprocess.CalledProcessError) as error:
        raise SystemExit(str(error)) from None
    finally:
        if gitlab.token is not None:
            try:
                gitlab.call("DELETE", "/personal_access_tokens/self")
            except (Refused, OSError) as error:
                say(f"the token of this run could not be revoked and ends tomorrow: {error}")


if __name__ == "__main__":
    sys.exit(main())
