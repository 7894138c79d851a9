"""Load balancers without machines.

Octavia's no-op driver leaves every object in PENDING_CREATE and invents ports that Neutron does not have. This driver
lets Octavia create the port of the virtual address, and confirms each request shortly after it, as the agent of a
provider does.
"""

import threading
import time

from octavia.api.drivers.driver_agent import driver_updater
from octavia.common import utils
from octavia_lib.api.drivers import provider_base
from oslo_log import log as logging

LOG = logging.getLogger(__name__)

# The first attempt waits for the transaction of the request.
ATTEMPTS_AFTER_SECONDS = (0.3, 0.5, 1, 2, 4)


def _of_balancer(argument):
    """Methods whose argument knows its load balancer."""
    return lambda self, *objects: _confirm_later(getattr(objects[0], argument), None)


def _of_pool(self, *objects):
    """Methods of members and health monitors, which know only their pool."""
    _confirm_later(None, objects[0].pool_id)


class BalancerRecords(provider_base.ProviderDriver):
    loadbalancer_create = loadbalancer_update = _of_balancer("loadbalancer_id")
    listener_create = listener_update = listener_delete = _of_balancer("loadbalancer_id")
    pool_create = pool_update = pool_delete = _of_balancer("loadbalancer_id")
    member_create = member_update = member_delete = _of_pool
    health_monitor_create = health_monitor_update = health_monitor_delete = _of_pool

    def loadbalancer_delete(self, loadbalancer, cascade=False):
        _confirm_later(loadbalancer.loadbalancer_id, None)

    def member_batch_update(self, pool_id, members):
        _confirm_later(None, pool_id)


def _confirm_later(balancer_id, pool_id):
    threading.Thread(target=_confirm, args=(balancer_id, pool_id), daemon=True).start()


def _confirm(balancer_id, pool_id):
    for seconds in ATTEMPTS_AFTER_SECONDS:
        time.sleep(seconds)
        try:
            updater = driver_updater.DriverUpdater()
            balancer = _find(updater, balancer_id, pool_id)
            if balancer is not None and balancer.provisioning_status.startswith("PENDING"):
                _update(updater, balancer)
                return
        except Exception:
            LOG.exception("load balancer %s of pool %s is not confirmed", balancer_id, pool_id)


def _find(updater, balancer_id, pool_id):
    session = updater.db_session
    if balancer_id is None:
        pool = updater.pool_repo.get(session, id=pool_id)
        if pool is None:
            return None
        balancer_id = pool.load_balancer_id
    return updater.loadbalancer_repo.get(session, id=balancer_id)


def _update(updater, balancer):
    is_deleted = balancer.provisioning_status == "PENDING_DELETE"

    def status(thing, operating="ONLINE"):
        is_gone = is_deleted or thing.provisioning_status == "PENDING_DELETE"
        return {
            "id": thing.id,
            "provisioning_status": "DELETED" if is_gone else "ACTIVE",
            "operating_status": "OFFLINE" if is_gone else operating,
        }

    if not is_deleted:
        # The security group of the virtual address's port, with a rule for each listener.
        utils.get_network_driver().update_vip_sg(balancer, balancer.vip)
    updater.update_loadbalancer_status(
        {
            "members": [
                status(member, "ONLINE" if pool.health_monitor else "NO_MONITOR")
                for pool in balancer.pools
                for member in pool.members
            ],
            "healthmonitors": [status(pool.health_monitor) for pool in balancer.pools if pool.health_monitor],
            "pools": [status(pool) for pool in balancer.pools],
            "listeners": [status(listener) for listener in balancer.listeners],
            "loadbalancers": [status(balancer)],
        }
    )
