"""Stands in for the kubelet and the container: launchgate's Pods run here as processes, with their arguments and rights.

  pods.py LAUNCHGATE DIR     until it is stopped; DIR: of the control plane, as plane.sh made it

Every Pod whose container's first argument is a verb of launchgate: one that serves becomes Ready when /readyz says so; one
of a hook's Job ends with its exit code. Replicas share one process. The Service's address exists on no node here, so the
webhook configuration is given a URL instead.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import urllib.request

from ports import free_port

LAUNCHGATE, PLANE = sys.argv[1], pathlib.Path(sys.argv[2])


def kubectl(*arguments):
    return subprocess.run(["kubectl", *arguments], capture_output=True, text=True)


def listed(*arguments):
    done = kubectl("get", *arguments, "-o", "json")
    return json.loads(done.stdout).get("items", []) if done.returncode == 0 else []


def kubeconfig(namespace, account):
    token = kubectl("-n", namespace, "create", "token", account, "--duration=2h").stdout
    file = PLANE / f"{account}.{time.monotonic_ns()}.conf"
    (file.with_suffix(".token")).write_text(token)
    admin = (PLANE / "admin.conf").read_text().replace("namespace: default", f"namespace: {namespace}").split("\n")
    file.write_text("\n".join(f"users: [{{name: me, user: {{tokenFile: {file.with_suffix('.token')}}}}}]" if line.startswith("users:") else line
                              for line in admin))
    return str(file)


def say(pod, phase, ready=False, code=None):
    """The Pod's status, as a kubelet would write it."""
    state = {"running": {}} if code is None else {"terminated": {"exitCode": code}}
    status = {"phase": phase, "conditions": [{"type": "Ready", "status": "True" if ready else "False"}],
              "containerStatuses": [{"name": pod["spec"]["containers"][0]["name"], "ready": ready, "restartCount": 0, "image": "", "imageID": "", "state": state}]}
    kubectl("-n", pod["metadata"]["namespace"], "patch", "pod", pod["metadata"]["name"], "--subresource=status", "--type=merge", "-p", json.dumps({"status": status}))


class Kubelet:
    def __init__(self):
        self.server = self.port = self.plain = None
        self.jobs, self.ready = {}, set()   # Pod's uid -> process; uids that are said to be ready

    def start(self, pod, *more):
        namespace, spec = pod["metadata"]["namespace"], pod["spec"]
        environment = {**os.environ, "POD_NAME": pod["metadata"]["name"], "POD_NAMESPACE": namespace, "KUBECONFIG": kubeconfig(namespace, spec["serviceAccountName"])}
        log = open(PLANE / "log" / f"pod-{pod['metadata']['name']}", "a")
        # The chart's ports are those of a Pod; many of these share one machine.
        own = [word for word in spec["containers"][0]["args"] if not word.startswith(("--listen", "--plain"))]
        return subprocess.Popen([LAUNCHGATE, *own, *more], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def redirect(self):
        for configuration in listed("validatingwebhookconfigurations"):
            patch = [step for at, webhook in enumerate(configuration["webhooks"]) if "service" in webhook["clientConfig"] for step in (
                {"op": "remove", "path": f"/webhooks/{at}/clientConfig/service"},
                {"op": "add", "path": f"/webhooks/{at}/clientConfig/url", "value": f"https://127.0.0.1:{self.port}/validate"})]
            if patch:
                kubectl("patch", "validatingwebhookconfiguration", configuration["metadata"]["name"], "--type=json", "-p", json.dumps(patch))

    def serve(self, pods):
        if self.server and (not pods or self.server.poll() is not None):   # one that has ended is started again
            self.server.terminate()
            self.server.wait()
            self.server = None
        if pods and not self.server:
            self.port, self.plain = free_port(), free_port()
            self.redirect()
            self.server = self.start(pods[0], "--listen", f"127.0.0.1:{self.port}", "--plain", f"127.0.0.1:{self.plain}", "--tls-name", "127.0.0.1")
        if self.server:
            self.redirect()
            if self.answers():
                for pod in pods:
                    if pod["metadata"]["uid"] not in self.ready:
                        self.ready.add(pod["metadata"]["uid"])
                        say(pod, "Running", ready=True)

    def answers(self):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.plain}/readyz", timeout=2).status == 200
        except OSError:
            return False

    def work(self, pod):
        uid = pod["metadata"]["uid"]
        if uid not in self.jobs:
            self.jobs[uid] = self.start(pod)
        elif (code := self.jobs[uid].poll()) is not None and pod["status"]["phase"] == "Pending":
            say(pod, "Failed" if code else "Succeeded", code=code)

    def turn(self):
        pods = [pod for pod in listed("pods", "-A") if not pod["metadata"].get("deletionTimestamp")]
        verb = lambda pod: (pod["spec"]["containers"][0].get("args") or [""])[0]
        self.serve([pod for pod in pods if verb(pod) == "serve"])
        for pod in pods:
            if verb(pod) in ("doctor", "cleanup"):
                self.work(pod)
        for pod in listed("pods", "-A", "--field-selector", "status.phase!=Succeeded"):   # nobody else ends what has been deleted
            if pod["metadata"].get("deletionTimestamp"):
                kubectl("-n", pod["metadata"]["namespace"], "delete", "pod", pod["metadata"]["name"], "--force", "--grace-period=0")

    def stop(self, *_):
        for process in [self.server, *self.jobs.values()]:
            if process and process.poll() is None:
                process.kill()
        sys.exit(0)


kubelet = Kubelet()
signal.signal(signal.SIGTERM, kubelet.stop)
while True:
    kubelet.turn()
    time.sleep(0.3)
