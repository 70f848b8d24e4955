// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/picture_notice.h"

#include <QCoreApplication>

#include "ui/models/picture_list_model.h"

namespace ocellus {

namespace {

/// The words of this file.
class NoticeText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::PictureNotice)
};

} // namespace

QString noneMisclassifiedText(const PictureListModel& pictures)
{
    const PictureListModel::Tally& tally = pictures.tally();
    const int named = tally.named, waiting = tally.waiting, failed = tally.failed, wrong = tally.wrong;
    if (wrong > 0)
        return {};
    if (named == 0)
        return NoticeText::tr("Not known: none of these pictures lies in a folder that is named after one of the "
                              "model's classes.");
    if (waiting > 0)
        return NoticeText::tr("None so far: %1 of %n picture(s) whose folder names a class still wait for the model's "
                              "answer.",
                              nullptr, named)
            .arg(waiting);
    if (failed > 0)
        return NoticeText::tr("None: of %n picture(s) whose folder names a class, none is taken for another; %1 could "
                              "not be classified.",
                              nullptr, named)
            .arg(failed);
    return NoticeText::tr("None: each of %n picture(s) whose folder names a class is taken for it.", nullptr, named);
}

QString nothingListedText(const PictureListModel& pictures, const QString& filter, bool onlyMisclassified)
{
    if (onlyMisclassified)
        if (const QString none = noneMisclassifiedText(pictures); !none.isEmpty())
            return NoticeText::tr("Misclassified pictures: %1").arg(none);
    const QString words = filter.simplified();
    return onlyMisclassified
               ? NoticeText::tr("No misclassified picture has \u201c%1\u201d in its name, folder or prediction.")
                     .arg(words)
               : NoticeText::tr("No picture has \u201c%1\u201d in its name, folder or prediction.").arg(words);
}

} // namespace ocellus
