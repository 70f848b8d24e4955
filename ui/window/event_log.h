// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QObject>

#include "ui/engine/failure.h"

namespace spdlog {
class logger;
}

namespace ocellus {

class Document;
class LiveAnswer;
class LogPanel;

/// Writes what happens to the log panel and to stderr.
class EventLog : public QObject {
    Q_OBJECT

public:
    EventLog(const Document& document, const LiveAnswer& answer, LogPanel* panel);
    ~EventLog() override;

    void tellDone(const QString& what);
    void tellFailure(const Failure& failure);
    void tellNotice(const QString& text);

private:
    void tellDevice();
    void tellModel();

    const Document& m_document;
    const LiveAnswer& m_answer;
    LogPanel* m_panel;
    std::shared_ptr<spdlog::logger> m_logger;
};

} // namespace ocellus
