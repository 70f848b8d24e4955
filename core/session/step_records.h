// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/edit/step_store.h"
#include "core/session/record_file.h"

namespace ocellus {

/// Old steps as records {"old": done} of a file, which it keeps open.
class StepRecords : public StepStore {
public:
    explicit StepRecords(std::shared_ptr<RecordFile> file);

    std::uint64_t append(const DoneChanges& changes) override;
    DoneChanges read(std::uint64_t place) override;

private:
    std::shared_ptr<RecordFile> m_file;
};

} // namespace ocellus
