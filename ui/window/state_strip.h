// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include <QObject>

#include "ui/widgets/state_chips.h"

namespace ocellus {

class Document;
class LiveAnswer;
class Settings;
struct Explanation;

/// Tells strips of chips what the numbers and maps that are shown depend on, by their result's key, and does what
/// its buttons ask for. A state that is switched off stays until the maps without it have come.
class StateStrip : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this object.
    StateStrip(Document& document, LiveAnswer& answer, Settings& settings, QObject* parent = nullptr);

    /// All strips say the same. It must outlive this object.
    void addChips(StateChips& chips);

private:
    void refresh();
    void switchOff(const QString& id);
    void add(const StateChip& chip, std::function<void()> off = {});
    void addAnswer(const Explanation& shown);
    void addLimit(const Explanation& shown);
    void addEdits();
    void addIntervention();
    void addModel();
    void addFacts();
    void addInput();
    void addPrecision();
    void addDecoding();
    void addDisplay(const Explanation& shown);
    void switchEditsOff();

    Document& m_document;
    LiveAnswer& m_answer;
    Settings& m_settings;
    std::vector<StateChips*> m_strips;
    std::vector<std::pair<StateChip, std::function<void()>>> m_entries; ///< what is shown, and what switches it off
};

} // namespace ocellus
