import { Rule } from "../../core/violation";

export const CMP001 = new Rule(
  "CMP001",
  "an instance type is written as family and size, for example t3.medium",
  "EC2 rejects the instance after network and roles have been created",
);
export const CMP002 = new Rule(
  "CMP002",
  "an image has the architecture of the instance types that it runs on",
  "EC2 rejects the instance after network and roles have been created",
);
export const CMP003 = new Rule(
  "CMP003",
  "an image is of a family and version that the library knows, or is given by its id or parameter",
  "the parameter of another version does not exist, and every plan fails",
);
export const CMP004 = new Rule(
  "CMP004",
  "size, IOPS and throughput of a disk are within the limits of its volume type",
  "EBS rejects the volume in the middle of an apply",
);
export const CMP005 = new Rule(
  "CMP005",
  "IOPS and throughput of a disk are at most those that the instance type can use",
  "the surplus is billed every month and never available",
);
export const CMP006 = new Rule(
  "CMP006",
  "data disks have names of lower-case letters, digits and hyphens, and devices and mount points of their own",
  "EC2 rejects a second volume at one device, and a second mount hides the data of the first",
);
export const CMP007 = new Rule(
  "CMP007",
  "an existing data disk is in the zone of its machine",
  "a volume cannot be attached across zones",
);
export const CMP008 = new Rule(
  "CMP008",
  "a machine with data disks is a spot instance only if that is explicitly allowed",
  "EC2 interrupts it at two minutes' notice, also while it writes",
);
export const CMP009 = new Rule(
  "CMP009",
  "a spot instance has no termination or stop protection, and its price limit is a price per hour",
  "EC2 rejects the request for the instance",
);
export const CMP010 = new Rule(
  "CMP010",
  "a first boot is for the system of the image, and mounts of data disks need a typed first boot",
  "apt does not exist on Amazon Linux; the machine starts and its programs are missing",
);
export const CMP011 = new Rule(
  "CMP011",
  "a script of a first boot begins with #!, contains no secret and has at most 16,384 bytes",
  "cloud-init ignores other texts, everyone who can describe the machine reads them, and EC2 rejects longer ones",
);
export const CMP012 = new Rule(
  "CMP012",
  "private addresses of a machine are free addresses of its subnet, at most as many as its instance type has",
  "EC2 rejects other addresses in the middle of an apply",
);
export const CMP013 = new Rule(
  "CMP013",
  "further interfaces have positions of their own, are in the zone of the machine and fit its instance type",
  "EC2 rejects the attachment after the machine has started",
);
export const CMP014 = new Rule(
  "CMP014",
  "the number of machines of a fleet is between its bounds, and at most 1000",
  "Auto Scaling rejects other numbers",
);
export const CMP015 = new Rule(
  "CMP015",
  "a fleet with a scaling policy can vary in size, and each policy has a target that can be reached",
  "a policy that can never be satisfied adds machines up to the maximum, and two policies for one value work against each other",
);
export const CMP016 = new Rule(
  "CMP016",
  "a schedule of a fleet is a cron expression of its own, with five fields and a time zone",
  "Auto Scaling rejects other texts, and a second schedule at the same time",
);
export const CMP017 = new Rule(
  "CMP017",
  "the times and shares of a fleet are within the bounds of Auto Scaling",
  "Auto Scaling rejects other values after network and roles have been created",
);
export const CMP018 = new Rule(
  "CMP018",
  "a fleet has 1 to 40 instance types, each once and of one architecture; either all have a weight from 1 to 999 or none has",
  "Auto Scaling rejects the group, or starts machines that cannot run the image",
);
export const CMP019 = new Rule(
  "CMP019",
  "only a fleet of spot instances has an on-demand base, which is at most its maximum, and its instances terminate at an interruption",
  "Auto Scaling rejects the group, or the setting has no effect",
);
export const CMP020 = new Rule(
  "CMP020",
  "a fleet has subnets of its network, one for each zone",
  "Auto Scaling rejects two subnets in one zone",
);
export const CMP021 = new Rule(
  "CMP021",
  "a sizing has a peak load above zero, 1 to 100 machines and families that the library knows",
  "the result would be no machines, or machines of an unknown size",
);
