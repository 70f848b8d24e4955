// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "ui/evidence/evidence_study.h"

namespace ocellus {

class SessionWork;
class WindowActions;
class WindowDocks;

/// What is found out about maps, in its dock, on the model's and in the session.
class EvidenceCommands : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive the commands.
    EvidenceCommands(Document& document, LiveAnswer& answer, Settings& settings, WindowDocks& docks,
                     const WindowActions& actions, SessionWork& work);

    EvidenceStudy& study() { return m_study; }

signals:
    void failed(const ocellus::Failure& failure);

private:
    void showSanity();

    WindowDocks& m_docks;
    EvidenceStudy m_study;
};

} // namespace ocellus
