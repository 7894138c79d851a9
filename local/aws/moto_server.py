"""moto with a list of services, on a Unix socket: `moto_server.py <socket> <service>...`."""

import signal
import sys

import moto_corrections
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.exceptions import NotImplemented as NotEmulated
from werkzeug.serving import run_simple

CONTROL_HEADER = "HTTP_X_GROUNDWORK_CONTROL"
S3_HOST = "s3.us-east-1.amazonaws.com"


class EmulatedServices(DomainDispatcherApplication):
    """Dispatches requests by their signature only, and only to the given services.

    moto's own dispatcher also derives the service from the path, the body or a header of a request, so that requests
    without a signature reach every service.
    """

    def __init__(self, services):
        super().__init__(create_backend_app)
        hosts = [f"{service}.us-east-1.amazonaws.com" for service in services]
        self.allowed = {"moto_api", "s3control", *map(self.get_backend_for_host, hosts)}

    def get_application(self, environ):
        backend = self.backend_of(environ)
        if backend not in self.allowed:
            return NotEmulated(f"{backend} is not a service of the local cloud")
        with self.lock:
            if backend not in self.app_instances:
                self.app_instances[backend] = self.create_app(backend)
            return self.app_instances[backend]

    def backend_of(self, environ):
        if CONTROL_HEADER in environ:
            return "moto_api"
        # Only S3 accepts requests without a signature.
        if "HTTP_AUTHORIZATION" not in environ:
            return self.get_backend_for_host(S3_HOST)
        host = self.infer_service_region_host(environ, environ.get("PATH_INFO", ""))
        return self.get_backend_for_host(host or S3_HOST)


def end(_number, _frame):
    sys.exit(0)


def main(socket, *services):
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    moto_corrections.apply()
    run_simple(f"unix://{socket}", 0, EmulatedServices(services), threaded=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
