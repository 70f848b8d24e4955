// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/step_records.h"

#include <utility>

#include "core/base/error.h"
#include "core/edit/edit_json.h"
#include "core/session/record_text.h"
#include "core/session/session.h"
#include "core/session/session_reader.h"

namespace ocellus {

StepRecords::StepRecords(std::shared_ptr<RecordFile> file) : m_file(std::move(file)) {}

std::uint64_t StepRecords::append(const DoneChanges& changes)
{
    return m_file->append(recordText({{"old", jsonOf(changes)}}));
}

DoneChanges StepRecords::read(std::uint64_t place)
{
    const std::optional<RecordFile::Record> record = m_file->read(place);
    EditReader reader(m_file->path().string(), maxMaskBytes);
    if (!record)
        reader.fail("an old step has changed since it was written");
    const nlohmann::json value = parsedRecord(reader, record->text);
    reader.requireKeys(value, "an old step", {"old"});
    return reader.done(value["old"]);
}

} // namespace ocellus
