// ReviewMemo: what a review alone decides, kept beside it: its tier, and the results of the gates that look at no
// workload. So a review is read once, not once a request.
//
// A snapshot does not change; only the policies that match, what the workload is seen as, how it can be reached, whose
// rights it has, and the date can make the same review say something else. All but the last are the memo's key, and it
// holds between two dates in succession (verdict/next_date). It is a cache: no verdict shows whether it was there.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/policy.h"
#include "model/strength.h"
#include "model/tier.h"

namespace launchgate {

struct ReviewMemo {
  // A gate that is on. Its texts stand in `texts`, one behind the other: reason (but of a pass), message, path, fix.
  struct Row {
    std::uint8_t gate = 0;  // position in the gate table
    bool known = false;     // else it has to be asked: it looks at the workload, or counts the days
    bool effect = false;    // of one that has to be asked: `action`, `by`, `strength` are all that policies say of it
    std::uint8_t outcome = 0;
    Strength strength = Strength::Claimed;                     // of one that has to be asked: at least this
    std::uint8_t action = 0;                                   // what being unmet leads to
    std::uint8_t by = 0;                                       // position in `policies`
    std::uint16_t reason = 0, message = 0, path = 0, fix = 0;  // bytes
  };

  std::vector<const Policy*> policies;
  Detected detected = Detected::None;
  bool tools_configured = false;  // as the workload shows
  std::vector<std::string> open;  // its public ways in, where they count
  // The account whose token each of its pods takes, where their rights count, and what they may change (gates/rbac).
  bool rights_count = false;
  std::vector<std::string> accounts;
  std::string rights, unknown_rights;
  TimePoint from, until;  // it holds for from <= now < until

  Tiering tiering;
  std::vector<Row> rows;  // in the table's order
  std::string texts;

  std::unique_ptr<const ReviewMemo> older;  // of the same review
  unsigned depth = 0;                       // how many are older
};

// A list of memos for each review, which only grows, without a lock: who comes second throws its own away.
class ReviewMemos {
 public:
  static constexpr unsigned kMost = 32;  // of one review: what would come then is not kept

  ReviewMemos() = default;
  explicit ReviewMemos(std::size_t reviews) : slots_(reviews) {}
  ~ReviewMemos() {
    for (auto& slot : slots_) delete slot.load();
  }
  ReviewMemos(ReviewMemos&&) = default;
  ReviewMemos& operator=(ReviewMemos&& other) noexcept {
    slots_.swap(other.slots_);
    return *this;
  }

  // Any thread. The newest of the review, by its position in the snapshot; null: none yet.
  const ReviewMemo* newest(std::size_t review) const {
    return review < slots_.size() ? slots_[review].load(std::memory_order_acquire) : nullptr;
  }
  void offer(std::size_t review, std::unique_ptr<ReviewMemo> memo) const {
    if (review >= slots_.size()) return;
    const ReviewMemo* head = slots_[review].load(std::memory_order_acquire);
    if (head && head->depth + 1 == kMost) return;
    memo->depth = head ? head->depth + 1 : 0;
    memo->older.reset(head);
    if (slots_[review].compare_exchange_strong(head, memo.get())) (void)memo.release();
    else (void)memo->older.release();
  }

 private:
  mutable std::vector<std::atomic<const ReviewMemo*>> slots_;
};

}  // namespace launchgate
