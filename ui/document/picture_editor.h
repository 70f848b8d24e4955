// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>

#include <QObject>
#include <QString>

#include "core/edit/edit_history.h"
#include "ui/engine/failure.h"

namespace ocellus {

/// The edits, the selection and the kept masks of every picture, each with its past; what is asked and changed here is
/// of the current one.
///
/// Knows no pixels: the picture's are always those of its file with the list of edits done to them (applyEdits).
class PictureEditor : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The picture that everything below is about; an empty path for none.
    void setPicture(const std::filesystem::path& path);
    const std::filesystem::path& picture() const { return m_picture; }
    /// Of the current picture's file, when it has been decoded. Nothing can be edited before.
    void setOriginalSize(Size size);
    bool isReady() const { return m_originalSize != Size{}; }
    Size originalSize() const { return m_originalSize; } ///< nothing before

    const EditHistory& history() const { return historyOf(m_picture); }
    const PictureEdits& state() const { return history().state(); }
    /// Of any picture; one that was never edited has an empty one.
    const EditHistory& historyOf(const std::filesystem::path& picture) const;
    /// Where steps of the past go that memory has no room for; for histories that begin from now on.
    void setStore(std::shared_ptr<StepStore> store);
    /// For pictures that come from a session, with their past or without.
    void setHistory(const std::filesystem::path& picture, EditHistory history);
    void forgetAll();
    bool hasEdits() const; ///< of any picture

    /// Of the picture with all its edits done, which is the one that is shown and painted on.
    Size pictureSize() const;

    /// The edit whose mask the tools change, or -1: they change the selection, which the next edit will be given.
    int selectedEdit() const { return m_selectedEdit; }
    void selectEdit(int index);

    /// The selected edit's mask, or the selection; of pictureSize() wherever canPaint().
    Mask activeMask() const;
    /// False before the picture is there, and where the selected edit comes before a crop or a rotation or is one.
    bool canPaint() const { return whyNotPaintable().isEmpty(); }
    QString whyNotPaintable() const; ///< for the user; empty where the tools can be used
    /// One undo step. A selected edit is given the mask, else the selection becomes it.
    void setActiveMask(const QString& stepName, const Mask& mask);

    /// Adds an edit at the end and selects it. Without a mask of its own it is given the selection, which is then
    /// empty; where nothing is selected the tools go on to paint the edit's mask, or brightness and contrast are of the
    /// whole picture.
    void addEdit(const Edit& edit);
    /// Parameters, name, mask or enabled. Calls with the same `interaction` other than 0 and nothing between them make
    /// one undo step, for sliders that are dragged; see newInteraction().
    void replaceEdit(std::size_t index, const Edit& edit, const QString& stepName, std::uint64_t interaction = 0);
    void eraseEdit(std::size_t index);
    void moveEdit(std::size_t from, std::size_t to);
    std::uint64_t newInteraction() { return ++m_lastInteraction; }

    /// Anything else, kept masks for instance. What is refused is told by failed() and has changed nothing.
    void perform(const EditStep& step, std::uint64_t interaction = 0);
    void undo();
    void redo();
    void goTo(std::size_t position);

signals:
    void changed();      ///< anything that state() or history() tells, or another picture
    void editsChanged(); ///< what applyEdits is given; selections and kept masks do not count
    void selectedEditChanged(int index);
    void failed(const ocellus::Failure& failure);
    // For the journal, in the order in which they happened.
    void performed(const std::filesystem::path& picture, const ocellus::EditStep& step);
    void undone(const std::filesystem::path& picture);
    void redone(const std::filesystem::path& picture);
    void wentTo(const std::filesystem::path& picture, std::size_t position, std::size_t from);

private:
    template <class Change>
    bool change(Change&& change);

    const EditHistory m_untouched;
    std::map<std::filesystem::path, EditHistory> m_histories;
    std::shared_ptr<StepStore> m_store;
    std::filesystem::path m_picture;
    Size m_originalSize;
    int m_selectedEdit = -1;
    std::uint64_t m_lastInteraction = 0;
    std::uint64_t m_interaction = 0; // of the last step, as long as nothing came after it
};

} // namespace ocellus
