// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/analysis/map_image.h"
#include "ui/window/window_actions.h"

namespace ocellus {

class CentralView;
class Document;
class HeldKeys;
class LinkedView;
class LiveAnswer;
class PredictionQueue;
class Settings;

/// What the keys and menus change in the view and in the display; keeps the actions' checks and availability true.
class ViewCommands : public QObject {
    Q_OBJECT

public:
    /// All of them must outlive this object.
    ViewCommands(Document& document, LiveAnswer& answer, PredictionQueue& predictions, Settings& settings,
                 CentralView& centre, LinkedView& view, WindowActions& actions);

    /// What is shown while a key is held.
    HeldKeys& held() const { return *m_held; }

signals:
    /// A key changed how maps are drawn for good, with how to take it back; or it could not do what it is for.
    void displayChanged(const QString& what);

private:
    void connectPictures();
    void connectView();
    void connectDisplay();
    void toggle(Command command, bool MapStyle::*member);
    void tell(Command command, bool on);
    void cancel();
    template <class Do>
    void inZoomed(Do&& act);
    bool isWorking() const;
    void refresh();

    Document& m_document;
    LiveAnswer& m_answer;
    PredictionQueue& m_predictions;
    Settings& m_settings;
    CentralView& m_centre;
    LinkedView& m_view;
    WindowActions& m_actions;
    HeldKeys* m_held;
};

} // namespace ocellus
