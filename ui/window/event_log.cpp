// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/event_log.h"

#include <mutex>

#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/panels/log_panel.h"

namespace ocellus {

namespace {

LogLevel levelOf(spdlog::level::level_enum level)
{
    if (level >= spdlog::level::err)
        return LogLevel::Error;
    return level == spdlog::level::warn ? LogLevel::Warning : LogLevel::Information;
}

/// Appends to the panel, which owns the logger, from whatever thread logs.
class PanelSink : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit PanelSink(LogPanel* panel) : m_panel(panel) {}

protected:
    void sink_it_(const spdlog::details::log_msg& message) override
    {
        const QString text = QString::fromUtf8(message.payload.data(), static_cast<qsizetype>(message.payload.size()));
        const LogLevel level = levelOf(message.level);
        QMetaObject::invokeMethod(
            m_panel, [panel = m_panel, level, text] { panel->append(level, text); }, Qt::AutoConnection);
    }

    void flush_() override {}

private:
    LogPanel* m_panel;
};

} // namespace

EventLog::EventLog(const Document& document, const LiveAnswer& answer, LogPanel* panel)
    : QObject(panel),
      m_document(document),
      m_answer(answer),
      m_panel(panel),
      m_logger(std::make_shared<spdlog::logger>(
          "ocellus", spdlog::sinks_init_list{std::make_shared<spdlog::sinks::stderr_color_sink_mt>(),
                                             std::make_shared<PanelSink>(panel)}))
{
    connect(&document, &Document::failed, this, &EventLog::tellFailure);
    connect(&answer, &LiveAnswer::failed, this, &EventLog::tellFailure);
    connect(&answer, &LiveAnswer::noticed, this, &EventLog::tellNotice);
    connect(&document, &Document::noticed, this, &EventLog::tellNotice);
    connect(&answer, &LiveAnswer::deviceChanged, this, &EventLog::tellDevice);
    connect(&document, &Document::modelChanged, this, &EventLog::tellModel);
    connect(&document, &Document::limitChanged, this, [this] {
        const QString text = limitText(m_document.limit(), m_document.classCount());
        tellDone(text.isEmpty() ? tr("No limit: every class takes part") : text);
    });
}

EventLog::~EventLog() = default;

void EventLog::tellDone(const QString& what)
{
    m_panel->append(LogLevel::Done, what);
}

void EventLog::tellFailure(const Failure& failure)
{
    m_logger->error(summary(failure).toStdString());
}

void EventLog::tellNotice(const QString& text)
{
    m_logger->warn(text.toStdString());
}

void EventLog::tellDevice()
{
    const DeviceReport& device = *m_answer.device();
    m_logger->info("{}: {:.1f} GFLOP/s in a small matrix product", device.name, device.gigaflops);
    if (device.slowBlas)
        m_logger->warn("The slow reference BLAS is in use");
}

void EventLog::tellModel()
{
    const ModelDescription& model = *m_document.model();
    m_logger->info("Opened {} ({}, SHA-256 {}), state dict: {}", model.path.string(), model.format, model.sha256,
                   originText(model.stateDict));
    if (const std::string objects = objectsText(model.stateDict); !objects.empty())
        m_logger->info("Python objects that the file names, not run: {}", objects);
    for (const std::string& remark : model.remarks)
        m_logger->warn("{}", remark);
}

} // namespace ocellus
