"""Corrections of moto that the gateway cannot make, because they concern the state of objects."""

import copy
from collections import Counter

import moto.elbv2.models
from moto.autoscaling.models import FakeAutoScalingGroup
from moto.ec2.models.elastic_network_interfaces import NetworkInterfaceBackend
from moto.elb.exceptions import CertificateNotFoundException
from moto.elbv2.models import ELBv2Backend

# Above the priorities that AWS accepts, which end at 50000.
UNUSED_PRIORITY = 100_000


def apply():
    FakeAutoScalingGroup.replace_autoscaling_group_instances = spread(
        FakeAutoScalingGroup.replace_autoscaling_group_instances
    )
    ELBv2Backend.set_rule_priorities = together(ELBv2Backend.set_rule_priorities)
    moto.elbv2.models.register_certificate = if_known(moto.elbv2.models.register_certificate)
    ELBv2Backend._certificate_exists = lambda _backend, certificate_arn: True
    NetworkInterfaceBackend.get_all_network_interfaces = by_any_address(
        NetworkInterfaceBackend.get_all_network_interfaces
    )


def spread(start_instances):
    """moto starts all instances of a group in its first subnet; AWS in the one with the fewest instances."""

    def start_in_all_subnets(self, count_needed, propagated_tags):
        if not self.vpc_zone_identifier:
            start_instances(self, count_needed, propagated_tags)
            return
        subnets = self.vpc_zone_identifier.split(",")
        for _ in range(count_needed):
            used = Counter(state.instance.subnet_id for state in self.active_instances())
            # A copy has the same list of instances, so that no other request sees a group with one subnet.
            group = copy.copy(self)
            group.vpc_zone_identifier = min(subnets, key=lambda subnet: used[subnet])
            start_instances(group, 1, dict(propagated_tags))
            instance = self.instance_states[-1].instance
            instance.autoscaling_group = self
            # Without it host names are those of us-east-1.
            instance.region_name = self.region

    return start_in_all_subnets


def together(set_priorities):
    """moto changes rules one after another and rejects a number that another rule of the same request still has."""

    def set_all_priorities(self, rule_priorities):
        arns = [entry["RuleArn"] for entry in rule_priorities]
        before = {rule.arn: rule.priority for rule in self.describe_rules(listener_arn=None, rule_arns=arns)}
        moved = [{"RuleArn": arn, "Priority": UNUSED_PRIORITY + index} for index, arn in enumerate(arns)]
        set_priorities(self, moved)
        try:
            return set_priorities(self, rule_priorities)
        except Exception:
            for rule in self.describe_rules(listener_arn=None, rule_arns=arns):
                rule.priority = before[rule.arn]
            raise

    return set_all_priorities


def if_known(register):
    """moto rejects certificates that exist only in the user's account, to which an Ingress refers by their ARNs."""

    def register_if_known(**names):
        try:
            register(**names)
        except CertificateNotFoundException:
            pass

    return register_if_known


def by_any_address(list_interfaces):
    """moto finds an interface only by its first address; pods have the others."""

    def list_by_any_address(self, eni_ids=None, filters=None):
        others = dict(filters or {})
        expected = others.pop("addresses.private-ip-address", None)
        found = list_interfaces(self, eni_ids, others)
        if expected is None:
            return found
        return [eni for eni in found if addresses_of(eni) & set(expected)]

    return list_by_any_address


def addresses_of(eni):
    return {entry["PrivateIpAddress"] for entry in eni.private_ip_addresses}
