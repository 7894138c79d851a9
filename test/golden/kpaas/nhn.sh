# control plane
export KUBE_CONTROL_HOSTS=1
export ETCD_TYPE=
export LOADBALANCER_DOMAIN=

# etcd on machines of its own
export ETCD1_NODE_HOSTNAME=
export ETCD1_NODE_PRIVATE_IP=

# control plane nodes
export MASTER1_NODE_HOSTNAME=lab-cluster1
export MASTER1_NODE_PUBLIC_IP=203.0.113.10
export MASTER1_NODE_PRIVATE_IP=192.168.7.10

# workers
export KUBE_WORKER_HOSTS=3
export WORKER1_NODE_HOSTNAME=lab-cluster2
export WORKER1_NODE_PRIVATE_IP=192.168.7.20
export WORKER2_NODE_HOSTNAME=lab-cluster3
export WORKER2_NODE_PRIVATE_IP=192.168.7.21
export WORKER3_NODE_HOSTNAME=lab-cluster4
export WORKER3_NODE_PRIVATE_IP=192.168.7.22

# storage
export STORAGE_TYPE=nfs
export NFS_SERVER_PRIVATE_IP=192.168.7.30

# addresses of services
export METALLB_IP_RANGE=
export INGRESS_NGINX_IP=

# policies
export INSTALL_KYVERNO=Y

# controller of NHN Cloud
export CSP_TYPE=NHN
export NHN_USERNAME=operator@example.com
export NHN_PASSWORD="$(cat /etc/kpaas/nhn-password)"
export NHN_TENANT_ID=0123456789abcdef0123456789abcdef
export NHN_VIP_SUBNET_ID=7f2c9b1a-0000-4000-8000-000000000000
