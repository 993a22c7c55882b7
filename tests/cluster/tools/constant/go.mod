module launchgate.dev/tests/cluster/constant

go 1.24
