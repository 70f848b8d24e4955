// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/step_records.h"

#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/edit/edit_json.h"
#include "core/session/record_text.h"
#include "core/session/session.h"
#include "core/session/session_reader.h"

namespace ocellus {

StepRecords::StepRecords(std::filesystem::path folder)
    : m_folder(std::move(folder)),
      m_thread(std::chrono::milliseconds(0), [] {})
{
}

std::uint64_t StepRecords::append(const DoneChanges& changes)
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t number = m_places.size();
    m_places.push_back(0);
    m_waiting.emplace(number, std::make_shared<const DoneChanges>(changes));
    m_thread.add([this, number] { write(number); });
    return number;
}

void StepRecords::write(std::uint64_t number)
{
    std::shared_ptr<const DoneChanges> changes;
    {
        const std::lock_guard lock(m_mutex);
        changes = m_waiting.at(number);
    }
    const std::string text = recordText({{"old", jsonOf(*changes)}});
    try {
        if (!m_file) {
            RecordFile file = RecordFile::temporary(m_folder);
            const std::lock_guard lock(m_mutex);
            m_file.emplace(std::move(file));
        }
        const std::uint64_t place = m_file->append(text);
        const std::lock_guard lock(m_mutex);
        m_places[number] = place;
        m_waiting.erase(number);
    } catch (const Error&) {
        // It stays in memory: the work goes on.
    }
}

DoneChanges StepRecords::read(std::uint64_t place)
{
    std::optional<RecordFile::Record> record;
    std::string source;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto waiting = m_waiting.find(place); waiting != m_waiting.end())
            return *waiting->second;
        source = m_file->path().string();
        record = m_file->read(m_places.at(place));
    }
    EditReader reader(source, maxMaskBytes);
    if (!record)
        reader.fail("an old step has changed since it was written");
    const nlohmann::json value = parsedRecord(reader, record->text);
    reader.requireKeys(value, "an old step", {"old"});
    return reader.done(value["old"]);
}

} // namespace ocellus
