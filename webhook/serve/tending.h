// Tending: the certificates of a replica in a cluster (certs/tender.h), as an attendant of `serve`.
#pragma once

#include <memory>

#include "serve/attendant.h"

namespace launchgate {

// Null where no webhook configuration is named: then nobody's caBundle is looked at, and nothing is written.
// `ns`: of the Secret and the Service.
std::unique_ptr<Attendant> tend_certificates(const Surroundings& around, const std::string& ns);

}  // namespace launchgate
