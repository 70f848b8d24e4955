// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/sanity_study.h"

#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/explain/sanity_json.h"
#include "core/io/atomic_file.h"

namespace ocellus {

namespace {

/// What the file tells of the model with that hash; nothing where it cannot be read.
std::optional<SanityReport> knownReport(const std::filesystem::path& file, const std::string& hash)
{
    try {
        SanityReport report = readSanityReport(file);
        for (SanitySource& source : report.sources)
            if (source.label.starts_with("heads "))
                source.label.erase(4, 1); // "heads 3", as the files once had it
        return report.modelHash == hash ? std::optional(std::move(report)) : std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt; // nothing is known of it: that is what the user is told
    }
}

} // namespace

SanityStudy::SanityStudy(std::filesystem::path folder, QObject* parent) : QObject(parent), m_folder(std::move(folder))
{
}

std::filesystem::path SanityStudy::file() const
{
    const std::string given = m_given.empty() ? std::string() : "-" + sha256(toString(m_given));
    return m_folder / (m_model + given + ".json");
}

void SanityStudy::setModel(const std::string& hash, const ModelSettings& given)
{
    if (hash == m_model && given == m_given)
        return;
    m_model = hash;
    m_given = given;
    m_report.reset();
    const std::uint64_t run = ++m_run;
    m_isRunning = false;
    emit changed();
    if (hash.empty()) {
        m_queue.cancelRequest();
        return;
    }
    m_queue.request([this, run, hash, file = file()](const std::stop_token&) {
        if (const auto known = knownReport(file, hash))
            post(run, [this, known] {
                m_report = known;
                emit changed();
            });
        return true;
    });
}

void SanityStudy::start(const Request& request)
{
    const std::uint64_t run = ++m_run;
    m_isRunning = true;
    m_fraction = 0;
    emit changed();
    m_queue.request([this, run, request, file = file(), hash = m_model](const std::stop_token& stop) {
        work(run, request, file, hash, stop);
        return true;
    });
}

void SanityStudy::work(std::uint64_t run, const Request& request, const std::filesystem::path& file,
                       const std::string& hash, const std::stop_token& stop)
{
    try {
        const Progress progress(stop);
        std::vector<SanityPicture> pictures;
        for (const std::filesystem::path& path : request.pictures)
            pictures.push_back({path.filename().string(), decodeWithFacts(path, request.decode, progress).picture});
        SanityRun check(request.checkpoint, request.engine);
        SanityReport report = check.run(pictures, request.preprocess, request.sources, progress, [&](double fraction) {
            post(run, [this, fraction] {
                m_fraction = fraction;
                emit progressed();
            });
        });
        // Other sources may have been checked before, here or in another window.
        if (const auto known = knownReport(file, hash))
            report = joined(std::move(report), *known);
        std::error_code ignored; // the file tells
        std::filesystem::create_directories(file.parent_path(), ignored);
        writeFileAtomically(file, jsonOf(report).dump(1));
        post(run, [this, report = std::move(report)] {
            if (report.modelHash == m_model)
                m_report = report;
            end();
        });
    } catch (...) {
        const Failure failure = failureOf(Step::Explain, std::current_exception());
        post(run, [this, failure] {
            end();
            if (!failure.isCancelled())
                emit failed(failure);
        });
    }
}

void SanityStudy::cancel()
{
    if (!m_isRunning)
        return;
    ++m_run;
    m_queue.cancelRequest();
    end();
}

void SanityStudy::end()
{
    m_isRunning = false;
    emit changed();
}

void SanityStudy::post(std::uint64_t run, std::function<void()> inMyThread)
{
    QMetaObject::invokeMethod(
        this,
        [this, run, inMyThread = std::move(inMyThread)] {
            if (run == m_run)
                inMyThread();
        },
        Qt::QueuedConnection);
}

} // namespace ocellus
