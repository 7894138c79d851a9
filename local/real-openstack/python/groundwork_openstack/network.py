"""Binds ports without an agent on the hypervisor."""

from neutron_lib import constants
from neutron_lib.api.definitions import portbindings
from neutron_lib.plugins.ml2 import api


class Agentless(api.MechanismDriver):
    """Reports every port as connected, as the agent of a hypervisor would. The drivers of Neutron need a live agent."""

    connectivity = portbindings.CONNECTIVITY_L2

    def initialize(self):
        """There is nothing to connect to."""

    def bind_port(self, context):
        segment = next(iter(context.segments_to_bind), None)
        if segment is None:
            return
        details = {portbindings.CAP_PORT_FILTER: True}
        context.set_binding(
            segment[api.ID], portbindings.VIF_TYPE_OVS, details, status=constants.PORT_STATUS_ACTIVE
        )
