"""Volumes without storage."""

from cinder.tests import fake_driver

UNLIMITED = {"reserved_percentage": 0, "thin_provisioning_support": True, "max_over_subscription_ratio": 1000}


class VolumeRecords(fake_driver.FakeLoggingVolumeDriver):
    """Cinder's own test driver, which logs its calls; here it can also create from an image and grow."""

    def clone_image(self, context, volume, image_location, image_meta, image_service):
        """Claims to have cloned the image, so that Cinder copies no data."""
        return {}, True

    def extend_volume(self, volume, new_size):
        """The size is a column in Cinder's database."""

    def _update_volume_stats(self):
        super()._update_volume_stats()
        # The test driver reserves all of its capacity, so that nothing would be scheduled.
        for pool in self._stats["pools"]:
            pool.update(UNLIMITED)
