// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_section.h"

#include <QCoreApplication>

namespace ocellus {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ocellus::DatasetSection", text);
}

} // namespace

DatasetSection sectionOf(const DatasetMember& member)
{
    if (!member.takesPart())
        return DatasetSection::LeftOut;
    switch (member.split) {
    case PictureSplit::Train: return DatasetSection::Train;
    case PictureSplit::Val: return DatasetSection::Val;
    case PictureSplit::Test: return DatasetSection::Test;
    case PictureSplit::Unset: break;
    }
    return DatasetSection::Undivided;
}

QString sectionName(DatasetSection section)
{
    switch (section) {
    case DatasetSection::Undivided: return tr("Not divided yet");
    case DatasetSection::Train: return tr("Training");
    case DatasetSection::Val: return tr("Validation");
    case DatasetSection::Test: return tr("Test");
    case DatasetSection::LeftOut: break;
    }
    return tr("Left out");
}

QString sectionPurpose(DatasetSection section)
{
    switch (section) {
    case DatasetSection::Undivided: return tr("A split decides what the model learns from and what it is judged by.");
    case DatasetSection::Train: return tr("The model learns from these.");
    case DatasetSection::Val: return tr("The model never learns from these: they judge it, and choose the best epoch.");
    case DatasetSection::Test: return tr("Kept away from all choices, for a last judgement.");
    case DatasetSection::LeftOut: break;
    }
    return tr("These take no part. The files stay where they are.");
}

} // namespace ocellus
