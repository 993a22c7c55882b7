// What is counted and logged of a request, read from what the judgement returned. Names here are those of the tables
// (kinds, gates), so that no label and no field grows with what runs in the cluster.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "edge/telemetry/metrics.h"
#include "model/snapshot.h"
#include "wire/answer.h"

namespace launchgate {

struct Room;

// Why a request had no verdict, in the order of MetricNames::errors.
enum class NoVerdict : std::uint8_t { Malformed, Object, Deadline, Internal, NotSynced };

// What came of looking at the directory, in the order of MetricNames::reloads.
enum class Reloaded : std::uint8_t { Ok, Problems, Vanished, Failed };

MetricNames metric_names(std::string version);

// Counts and logs a request that was judged; one line.
void observe_verdict(Room& room, const Exchange& exchange, std::chrono::nanoseconds took);

// The same for one that was not: `exchange.error` says why.
void observe_failure(Room& room, const Exchange& exchange, NoVerdict why, std::chrono::nanoseconds took);

// Objects of a snapshot, by kind.
std::map<std::string, std::size_t> count_objects(const Snapshot& world);

}  // namespace launchgate
