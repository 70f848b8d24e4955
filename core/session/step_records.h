// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/serial_thread.h"
#include "core/edit/step_store.h"
#include "core/session/record_file.h"

namespace ocellus {

/// Old steps as records {"old": done} of a file without a name, which goes with this. A thread writes them; what it has
/// not written yet, or cannot, stays in memory.
class StepRecords : public StepStore {
public:
    /// The folder need not be there before the first step.
    explicit StepRecords(std::filesystem::path folder);

    std::uint64_t append(const DoneChanges& changes) override;
    DoneChanges read(std::uint64_t place) override;

private:
    void write(std::uint64_t number);

    std::filesystem::path m_folder;
    std::mutex m_mutex; // of all below
    std::optional<RecordFile> m_file;
    std::map<std::uint64_t, std::shared_ptr<const DoneChanges>> m_waiting; // by the number of the step
    std::vector<std::uint64_t> m_places;                                   // by the same, in the file
    SerialThread m_thread;                                                 // last: it ends before what it uses
};

} // namespace ocellus
