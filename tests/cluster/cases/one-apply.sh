# Review and workload in one file, as Git has them, in one apply. The other way round the second try passes.
{ review bot; echo ---; workload Deployment bot; } | accepted apply
{ workload Deployment late; echo ---; review late; } | refused "Deployment $NS/late" -- apply
{ workload Deployment late; echo ---; review late; } | accepted apply
