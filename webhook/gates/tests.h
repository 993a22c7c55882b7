// What the evaluation reports say of a test by its name: the one reading for PRR-EVAL-08 and PRR-RISK-06.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/review.h"

namespace launchgate {

enum class TestResult : std::uint8_t { NotRun, Passed, Failed };  // NotRun: no report that counts lists it

// As the newest report that knows the test says; where dates leave it open which one that is, a failure counts. A report
// that could not be read, or whose digest is not the declared one, counts for nothing.
TestResult test_result(const Review& review, std::string_view name);

// Some report that counts lists tests at all.
bool any_tests(const Review& review);

}  // namespace launchgate
